import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 09', () => checkLab('09'));
