import type { Trend } from '../types.ts';

/** How a count went from snapshot to snapshot. */
export function trendOf(counts: readonly number[]): Trend {
  const steps = counts.slice(1).map((count, index) => count - (counts[index] as number));
  if (steps.every((step) => step === 0)) return 'flat';
  if (steps.every((step) => step > 0)) return 'grew';
  if (steps.every((step) => step < 0)) return 'shrank';
  return 'noisy';
}
