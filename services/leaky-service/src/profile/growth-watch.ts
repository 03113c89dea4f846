import { type Baseline, baselineOf, type Growth, growthBetween } from './growth.ts';
import type { LiveAllocations } from './live-allocations.ts';
import { serviceProject } from './project.ts';

export type Comparison =
  | { readonly status: 'baseline_set'; readonly baseline: Baseline; readonly reason: string }
  | { readonly status: 'diff_computed'; readonly growth: Growth; readonly baseline_taken_at: Date };

interface Kept {
  readonly baseline: Baseline;
  readonly since: Date;
  readonly taken_at: Date;
}

/** Compares what is alive with what was alive when it was last asked. */
export class GrowthWatch {
  readonly #live: LiveAllocations;
  #kept: Kept | undefined;

  constructor(live: LiveAllocations) {
    this.#live = live;
  }

  /** The first reading is the baseline; each later one takes its place unless `keep`. */
  compare(keep: boolean): Comparison {
    const { since, taken_at, stacks } = this.#live.read();
    const baseline = baselineOf(stacks, serviceProject);
    const before = this.#kept;
    // Samples are numbered anew when sampling begins anew: two numbers then say nothing of each other.
    const comparable = before?.since === since;
    if (!comparable || !keep) this.#kept = { baseline, since, taken_at };
    if (before && comparable) {
      const growth = growthBetween(before.baseline, baseline);
      return { status: 'diff_computed', growth, baseline_taken_at: before.taken_at };
    }
    const reason = before
      ? 'Sampling began anew after the last baseline, since allocations were recorded.'
      : 'There was none.';
    return { status: 'baseline_set', baseline, reason };
  }

  /** The next comparison sets a baseline. */
  forget(): void {
    this.#kept = undefined;
  }
}
