import { finiteOrNull } from '../samples/counters.ts';
import type { Curve } from '../samples/curve.ts';
import type { Life } from '../samples/lives.ts';
import { rawBytes } from '../samples/memories.ts';
import type { Sample } from '../samples/sample.ts';
import { median, quantile } from '../statistics/median.ts';

/** Garbage is pressure from this part of the limit on. */
const partOfLimit = 0.25;
const withoutLimit_bytes = 64 * 2 ** 20;

/**
 * How much garbage came and went: what was in use at most (its 95th percentile, under load where that is known) above
 * what is held at the end. `null` where garbage was not read.
 */
export function garbageOf(life: Life, curve: Curve): number | null {
  const { kind } = curve;
  const raw = life
    .filter(({ phase, collected }) => (phase == null || phase === 'load') && collected !== true)
    .map((sample) => rawBytes(sample, kind))
    .filter((bytes) => bytes !== null);
  if (raw.length < 4 || kind === 'remote') return null;
  const held = median(curve.points.slice(-5).map(({ bytes }) => bytes));
  return Math.max(0, quantile(raw, 0.95) - held);
}

/** Whether so much garbage presses on the limit. */
export function isPressure(garbage_bytes: number | null, last: Sample): boolean {
  const limit = finiteOrNull(last.limit_bytes);
  return (
    garbage_bytes !== null && garbage_bytes > (limit === null ? withoutLimit_bytes : partOfLimit * limit)
  );
}
