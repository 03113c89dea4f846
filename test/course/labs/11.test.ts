import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 11', () => checkLab('11'));
