import type { Estimate } from './statistics/theil-sen.ts';

/**
 * The seconds until memory, in use by `used_bytes` now, has grown to a limit; the fastest growth is the lowest estimate. What
 * of it grows, and how fast, is for the caller to tell: `bytes_perSecond` is above 0.
 */
export function secondsUntil(limit_bytes: number, used_bytes: number, bytes_perSecond: Estimate): Estimate {
  const left_bytes = Math.max(0, limit_bytes - used_bytes);
  const { low, value, high } = bytes_perSecond;
  return { low: left_bytes / high, value: left_bytes / value, high: left_bytes / low };
}
