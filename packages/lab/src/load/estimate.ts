import { secondsUntil, theilSen } from '@leak-lab/leak-verdict';

/** A reading of memory at a time, both from any fixed zero. */
export interface MemorySample {
  readonly at_seconds: number;
  readonly bytes: number;
}

const window_seconds = 20;
const fewest_seconds = 6;
const fewest_samples = 5;
/** Less than this in a window is the noise of any heap that works. */
const least_growth_bytes = 2 * 1024 ** 2;

/**
 * Seconds until memory reaches the limit, by the Theil–Sen slope (the median of all pairwise slopes)
 * of the last 20 s, so that a single collection does not bend it. `undefined` while it cannot be
 * told: too few readings, or no clear growth. Other than the page's and the verdict's it is there after six seconds: a load may
 * have no more.
 */
export function secondsToLimit(samples: readonly MemorySample[], limit_bytes: number): number | undefined {
  const last = samples.at(-1);
  if (last === undefined) return undefined;
  const recent = samples.filter((sample) => last.at_seconds - sample.at_seconds <= window_seconds);
  const first = recent[0] ?? last;
  if (recent.length < fewest_samples || last.at_seconds - first.at_seconds < fewest_seconds) return undefined;
  const slope = theilSen(recent.map(({ at_seconds, bytes }) => ({ x: at_seconds, y: bytes })));
  if (slope === undefined || slope.value * (last.at_seconds - first.at_seconds) < least_growth_bytes)
    return undefined;
  return secondsUntil(limit_bytes, last.bytes, slope).value;
}
