import { describe } from 'vitest';
import { nothingTellsOfPatients } from '../embedded/support/nothing-tells.ts';

describe('while a lab with three services runs', nothingTellsOfPatients);
