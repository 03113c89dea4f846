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

/**
 * The slope of `y` over `x` by Theil and Sen, the median of the slopes between all pairs, with its 95 % confidence
 * interval after Sen (1968), ties in either counted. Nearly a third of the points may be astray without moving it.
 * `undefined` of fewer than four points or where `x` is the same throughout. Some 20 ms for 600 points.
 */
export function theilSen(points: readonly Point[]): Estimate | undefined {
  if (points.length < fewest) return undefined;
  const slopes = slopesOfPairs(points);
  const pairs = slopes.length;
  if (pairs === 0) return undefined;
  const spread = z95 * Math.sqrt(varianceOfKendall(points));
  const low = Math.max(0, Math.round((pairs - spread) / 2) - 1);
  const high = Math.min(pairs - 1, Math.round((pairs + spread) / 2));
  return { low: at(slopes, low), value: middle(slopes), high: at(slopes, high) };
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
