import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 03', () => checkLab('03'));
