import { it } from 'vitest';
import { checkLab } from './support/author-check.ts';

it('lab 08', () => checkLab('08'));
