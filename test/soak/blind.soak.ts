import { allLeaks } from '@leak-lab/incident';
import { describe } from 'vitest';
import { nothingTellsOf, nothingTellsOfPatients } from '../embedded/support/nothing-tells.ts';
import { hasValkey } from '../support/valkey.ts';

describe('while an incident runs', () => nothingTellsOf(allLeaks.filter((id) => id !== 'keys' || hasValkey)));
// What is wrong in which of them is drawn.
describe.each([1, 2, 3])('while a lab with three services runs, time %d', nothingTellsOfPatients);
