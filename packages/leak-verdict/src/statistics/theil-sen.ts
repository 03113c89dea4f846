import { median, spreadOf } from './median.ts';

/** A value with its 95 % confidence interval. */
export interface Estimate {
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The normal distribution's quantile for a two-sided interval of 95 %. */
const z95 = 1.959964;

/** With fewer points the interval would be all there is. */
const fewest = 4;
/** Of fewer points a correlation of neighbours cannot be told. */
const fewestForDependence = 12;
const mostDependent = 0.9;
const astray = 2.5;

/** Of more points the medians of so many neighbouring groups are taken: pairs grow with the square. */
const most = 400;

/**
 * The slope of `y` over `x` by Theil (1950) and Sen (1968), the median of the slopes between all pairs, with its 95 %
 * confidence interval after Sen, ties in either counted. Nearly a third of the points may be astray without moving it.
 * `undefined` of fewer than four points or where `x` is the same throughout. Some 10 ms for 400 points and more.
 */
export function theilSen(points: readonly Point[]): Estimate | undefined {
  if (points.length < fewest) return undefined;
  const taken = points.length > most ? mediansOf(points) : points;
  const slopes = slopesOfPairs(taken);
  const pairs = slopes.length;
  if (pairs === 0) return undefined;
  const value = middle(slopes);
  const spread = z95 * Math.sqrt(varianceOfKendall(taken) * dependence(taken, value));
  const low = Math.max(0, Math.round((pairs - spread) / 2) - 1);
  const high = Math.min(pairs - 1, Math.round((pairs + spread) / 2));
  return { low: at(slopes, low), value, high: at(slopes, high) };
}

/** Neighbours, in the order of `x`, by {@link most} groups. */
function mediansOf(points: readonly Point[]): Point[] {
  const ordered = points.toSorted((one, other) => one.x - other.x);
  const groups = Map.groupBy(ordered, (_, index) => Math.floor((index * most) / ordered.length));
  return [...groups.values()].map((group) => ({
    x: median(group.map(({ x }) => x)),
    y: median(group.map(({ y }) => y)),
  }));
}

/**
 * By how much the variance is greater since neighbours are alike: (1 + r) / (1 - r) for the correlation r of neighbours
 * about the line (Yue and Wang 2004, for a process of the first order), where r is more than chance.
 */
export function dependence(points: readonly Point[], slope: number): number {
  if (points.length < fewestForDependence) return 1;
  const all = points.map(({ x, y }) => y - slope * x);
  const [about, far] = [median(all), astray * spreadOf(all)];
  // One reading that is far astray would make a correlation, or hide one.
  const rests = all.map((rest) => Math.max(about - far, Math.min(about + far, rest)));
  let [together, alone] = [0, 0];
  for (const [index, rest] of rests.entries()) {
    const next = rests[index + 1];
    alone += (rest - about) ** 2;
    if (next !== undefined) together += (rest - about) * (next - about);
  }
  const r = alone === 0 ? 0 : together / alone;
  if (r <= 1.645 / Math.sqrt(points.length)) return 1;
  // A short row shows less of its correlation than there is (Marriott and Pope 1954).
  const corrected = Math.min(mostDependent, r + (1 + 4 * r) / points.length);
  return (1 + corrected) / (1 - corrected);
}

/** The slopes between all pairs of different `x`, in ascending order. */
function slopesOfPairs(points: readonly Point[]): Float64Array {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let pairs = 0;
  for (const [index, one] of points.entries()) {
    for (let next = index + 1; next < points.length; next += 1) {
      const other = points[next] as Point;
      if (other.x === one.x) continue;
      slopes[pairs] = (other.y - one.y) / (other.x - one.x);
      pairs += 1;
    }
  }
  return slopes.subarray(0, pairs).sort();
}

/** Variance of Kendall's S under no trend, with ties (Kendall, Rank Correlation Methods, 4.5). */
function varianceOfKendall(points: readonly Point[]): number {
  const n = points.length;
  const x = tiesOf(points.map((point) => point.x));
  const y = tiesOf(points.map((point) => point.y));
  const main = (n * (n - 1) * (2 * n + 5) - x.fifths - y.fifths) / 18;
  const threes = (x.triples * y.triples) / (9 * n * (n - 1) * (n - 2));
  const twos = (x.pairs * y.pairs) / (2 * n * (n - 1));
  return Math.max(0, main + threes + twos);
}

/** Sums over groups of t equal values: t(t-1), t(t-1)(t-2) and t(t-1)(2t+5). */
function tiesOf(values: readonly number[]): { pairs: number; triples: number; fifths: number } {
  const sums = { pairs: 0, triples: 0, fifths: 0 };
  for (const group of Map.groupBy(values, (value) => value).values()) {
    const t = group.length;
    sums.pairs += t * (t - 1);
    sums.triples += t * (t - 1) * (t - 2);
    sums.fifths += t * (t - 1) * (2 * t + 5);
  }
  return sums;
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(sorted, half) : (at(sorted, half - 1) + at(sorted, half)) / 2;
}

const at = (sorted: Float64Array, index: number): number => sorted[index] ?? Number.NaN;

/** How many units lie between the first and the last point. */
export function spanOf(points: readonly Point[]): number {
  return (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
}
