import type { PathStep } from '../../../src/api/contract.ts';

/** A path with its long way from the root put aside: what is near the object tells most. */
export interface FoldedChain {
  readonly root: readonly PathStep[];
  readonly folded: readonly PathStep[];
  readonly near: readonly PathStep[];
}

/** Steps shown near the object, and how many have to be saved before any are put aside. */
const near_steps = 7;
const least_folded = 3;

export function foldChain(steps: readonly PathStep[]): FoldedChain {
  if (steps.length < 1 + least_folded + near_steps) return { root: [], folded: [], near: steps };
  const end = steps.length - near_steps;
  return { root: steps.slice(0, 1), folded: steps.slice(1, end), near: steps.slice(end) };
}
