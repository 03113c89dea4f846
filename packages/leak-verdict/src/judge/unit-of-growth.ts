import { units } from '../samples/counters.ts';
import type { Curve, CurvePoint } from '../samples/curve.ts';
import type { Unit } from '../samples/sample.ts';
import { median, quantile } from '../statistics/median.ts';
import { type Point, theilSen } from '../statistics/theil-sen.ts';

/** What growth goes by, and what goes along with it so closely that it may as well be that. */
export interface UnitOfGrowth {
  readonly unit: Unit;
  readonly alike: readonly Unit[];
}

/** Units whose misfit is within this of the best, relative and as a part of all growth, cannot be told apart. */
const sameMisfit = 1.25;
const sameOfGrowth = 0.005;
const mostPoints = 60;

/** The points of a curve over one unit, those left out that nobody counted. */
export function pointsOver(points: readonly CurvePoint[], unit: Unit): Point[] {
  const over: Point[] = [];
  for (const { at, bytes } of points) {
    const x = at[unit];
    if (x !== null) over.push({ x, y: bytes });
  }
  return over;
}

/**
 * The unit over which memory lies closest to a line, by the mean distance of the nearer nine tenths of its points.
 * Where none explains growth better than the requests, it is them; `second` where nothing was counted that moved.
 */
export function unitOfGrowth({ points }: Curve): UnitOfGrowth {
  const step = Math.max(1, Math.ceil(points.length / mostPoints));
  const some = points.filter((_, index) => index % step === 0 || index === points.length - 1);
  const bytes = some.map((point) => point.bytes);
  const grown = quantile(bytes, 0.95) - quantile(bytes, 0.05);
  const misfits = units.flatMap((unit) => {
    const over = pointsOver(some, unit);
    const misfit = over.length < 0.8 * some.length ? undefined : misfitOf(over);
    return misfit === undefined ? [] : [{ unit, misfit }];
  });
  const best = Math.min(...misfits.map(({ misfit }) => misfit));
  const close = misfits.filter(({ misfit }) => misfit <= best * sameMisfit + sameOfGrowth * grown);
  const [first, ...alike] = close.map(({ unit }) => unit);
  return { unit: first ?? 'second', alike };
}

function misfitOf(points: readonly Point[]): number | undefined {
  const slope = theilSen(points)?.value;
  if (slope === undefined) return undefined;
  const rests = points.map(({ x, y }) => y - slope * x);
  const about = median(rests);
  const distances = rests.map((rest) => Math.abs(rest - about)).sort((one, other) => one - other);
  const near = distances.slice(0, Math.max(1, Math.ceil(0.9 * distances.length)));
  return near.reduce((sum, distance) => sum + distance, 0) / near.length;
}
