import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 02', () => checkLab('02'));
