import { coarseness, type Kind } from '../samples/memories.ts';
import { median } from '../statistics/median.ts';
import type { Point } from '../statistics/theil-sen.ts';

/** Growth must be so many times what came at once, up to a most: an allocator takes and gives back tens of megabytes, and a few of them. */
const lumps = 4;
const most_bytes = 64 * 2 ** 20;

/**
 * Growth below this is none of the program's, bytes. Of memory beside the heap its own allocator says how coarse it is: by the
 * largest step from one reading to the next, beyond what grows evenly.
 */
export function grainOf(kind: Kind, points: readonly Point[]): number {
  const { grain_bytes } = coarseness[kind];
  if (kind !== 'beside the heap') return grain_bytes;
  const steps = points.slice(1).map(({ x, y }, index) => {
    const before = points[index] as Point;
    return { units: x - before.x, bytes: y - before.y };
  });
  const slopes = steps.filter(({ units }) => units > 0).map(({ units, bytes }) => bytes / units);
  const evenly = slopes.length === 0 ? 0 : median(slopes);
  const largest = Math.max(0, ...steps.map(({ units, bytes }) => Math.abs(bytes - evenly * units)));
  return Math.max(grain_bytes, Math.min(most_bytes, lumps * largest));
}
