import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 07', () => checkLab('07'));
