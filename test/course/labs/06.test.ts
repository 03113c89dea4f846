import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 06', () => checkLab('06'), 10 * 60_000);
