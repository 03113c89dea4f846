import { median, quantile, spreadOf } from './median.ts';
import { dependence, type Estimate, type Point, theilSen } from './theil-sen.ts';

/** A slope with its interval, and its standard error. */
export interface Rate extends Estimate {
  readonly error: number;
}

/** Student's t for a two-sided interval of 95 % by two levels of five readings. */
const t95 = 2.306;
/** The median's standard error is by so much above the mean's. */
const ofMedian = 1.2533;
/** The median distance of a handful of readings falls short of their deviation by so much. */
const ofFew = 1.25;
const few = 20;
/** Four fifths of a normal distribution lie within so many deviations. */
const normal80 = 1.2816;
/** Against least squares, for normal scatter. */
const ofTheilSen = 1.05;
const fewestOfLevel = 2;

/**
 * The slope of `y` over `x`: between two levels, where readings were taken at two places only, as the difference of their
 * medians; else by Theil and Sen. `undefined` of fewer than four points or one place.
 */
export function rateOf(points: readonly Point[]): Rate | undefined {
  const places = Map.groupBy(points, ({ x }) => x);
  const levels = points.length >= 4 && places.size === 2 ? betweenLevels(places) : undefined;
  if (levels !== undefined) return levels;
  const slope = theilSen(points);
  return slope && { ...slope, error: errorOf(points, slope.value) };
}

/** By the scatter about the line, which for few points says more than the ranks that the interval goes by. */
function errorOf(points: readonly Point[], slope: number): number {
  const rests = points.map(({ x, y }) => y - slope * x);
  const about = median(rests);
  // Of readings at rest most lie at one place: four fifths of the distances see the others as well.
  const far =
    quantile(
      rests.map((rest) => Math.abs(rest - about)),
      0.8,
    ) / normal80;
  const scatter = far * (points.length < few ? ofFew : 1);
  const mean = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const squares = points.reduce((sum, { x }) => sum + (x - mean) ** 2, 0);
  return scatter * ofTheilSen * Math.sqrt(dependence(points, slope) / squares);
}

function betweenLevels(places: ReadonlyMap<number, readonly Point[]>): Rate | undefined {
  const [[from, first], [to, second]] = [...places] as [[number, Point[]], [number, Point[]]];
  if (Math.min(first.length, second.length) < fewestOfLevel) return undefined;
  const [low, high] = [first, second].map((level) => level.map(({ y }) => y)) as [number[], number[]];
  const value = (median(high) - median(low)) / (to - from);
  const spread = Math.hypot(spreadOf(low), spreadOf(high)) / Math.SQRT2;
  const readings = Math.sqrt(1 / low.length + 1 / high.length);
  const error = Math.abs((ofFew * ofMedian * spread * readings) / (to - from));
  return { low: value - t95 * error, value, high: value + t95 * error, error };
}
