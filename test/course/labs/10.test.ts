import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 10', () => checkLab('10'));
