import { describe } from 'vitest';
import { nothingTellsOf } from '../embedded/support/nothing-tells.ts';

// Two, each held against the other; with every leak that a profile can find: blind.soak.ts.
describe('while an incident runs', () => nothingTellsOf(['cache', 'listeners']));
