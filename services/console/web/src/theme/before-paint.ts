import { applyChoice, readChoice } from './choice.ts';

// Runs before the first paint, so that a dark page never flashes white.
applyChoice(readChoice());
