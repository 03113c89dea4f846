import type { Verdict } from '@leak-lab/leak-verdict';

/**
 * `GET /api/verdict?from=&to=&threshold=`: where nothing is said, since a leak was switched on last, and a quarter of an
 * hour up to the last sample at most. Seconds are read for the last two hours of a window, minutes for what was before;
 * `samples` says how many readings that were.
 */
export interface RecordedVerdict {
  readonly from_ms: number;
  readonly to_ms: number;
  /** What happened when the window begins, and why it begins there: 'cache on'; `null` where it begins for another reason. */
  readonly begins_with: string | null;
  readonly samples: number;
  readonly verdict: Verdict;
}
