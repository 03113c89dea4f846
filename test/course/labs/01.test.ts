import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 01', () => checkLab('01'));
