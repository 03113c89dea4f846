import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 12', () => checkLab('12'));
