import { type Rate, rateOf } from '../statistics/rate.ts';
import { type Point, spanOf } from '../statistics/theil-sen.ts';
import { lumpOf, type Steps } from './steps.ts';

/** The difference of two places between chunks, each anywhere between two of them, is within this part of one 19 times in 20. */
const ofChunk = 0.8;

/** The rate of what may come in chunks: read between two of them it may be off by a part of one. `lump` is taken at once in any case. */
export function withChunks(points: readonly Point[], steps: Steps | null, lump: number): Rate | null {
  const [rate, span] = [rateOf(points), spanOf(points)];
  if (rate === undefined || span <= 0) return null;
  const chunks = steps !== null && steps.last_at > (points[0]?.x ?? 0);
  const part = (ofChunk * Math.max(lump, chunks ? steps.bytes_each : lumpOf(points, rate.value))) / span;
  const half = Math.hypot((rate.high - rate.low) / 2, part);
  return {
    low: rate.value - half,
    value: rate.value,
    high: rate.value + half,
    error: Math.hypot(rate.error, part / 2),
  };
}
