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
 * told: too few readings, or no clear growth.
 */
export function secondsToLimit(samples: readonly MemorySample[], limit_bytes: number): number | undefined {
  const last = samples.at(-1);
  if (last === undefined) return undefined;
  const recent = samples.filter((sample) => last.at_seconds - sample.at_seconds <= window_seconds);
  const first = recent[0] ?? last;
  if (recent.length < fewest_samples || last.at_seconds - first.at_seconds < fewest_seconds) return undefined;
  const slope = theilSen(recent);
  if (slope * (last.at_seconds - first.at_seconds) < least_growth_bytes) return undefined;
  return Math.max(0, (limit_bytes - last.bytes) / slope);
}

/** The median of the slopes between all pairs of samples, in bytes per second. */
export function theilSen(samples: readonly MemorySample[]): number {
  const slopes: number[] = [];
  samples.forEach((a, index) => {
    for (const b of samples.slice(index + 1)) {
      if (b.at_seconds > a.at_seconds) slopes.push((b.bytes - a.bytes) / (b.at_seconds - a.at_seconds));
    }
  });
  slopes.sort((a, b) => a - b);
  const middle = slopes.length / 2;
  const low = slopes[Math.ceil(middle) - 1] ?? 0;
  const high = slopes[Math.floor(middle)] ?? 0;
  return (low + high) / 2;
}
