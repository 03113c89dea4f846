import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 04', () => checkLab('04'));
