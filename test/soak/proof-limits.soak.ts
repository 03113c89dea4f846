import { it } from 'vitest';
import { proveForetold } from './foretold.ts';

it('each leak driven to the limit: at 30 % of the way the rest of it is foretold', () =>
  proveForetold('proof-limits', 1));
