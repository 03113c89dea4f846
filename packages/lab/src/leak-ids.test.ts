import { expect, it } from 'vitest';
import { catalogue } from '../../../services/leaky-service/src/leaks/catalogue.ts';
import { leakIds } from './leak-ids.ts';

it('completion offers what the service has', () => expect(leakIds).toEqual(catalogue.map(({ id }) => id)));
