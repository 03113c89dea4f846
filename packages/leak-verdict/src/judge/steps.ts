import { median, quantile, spreadOf } from '../statistics/median.ts';
import type { Point } from '../statistics/theil-sen.ts';

/** Growth that comes in chunks: how large, how many, after how many units each. */
export interface Steps {
  readonly count: number;
  readonly bytes_each: number;
  readonly units_each: number;
  /** The most units between one chunk and the next. */
  readonly longest_units: number;
  /** Where the last was seen. */
  readonly last_at: number;
}

/** From one reading to the next. */
interface Rise {
  readonly x: number;
  readonly units: number;
  readonly bytes: number;
  /** What of it is still there two readings later. */
  readonly kept: number;
}

const fewest = 3;
/** With fewer readings under load each part of the load would be a chunk. */
const fewestReadings = 10;
const mostOfReadings = 0.45;
const leastOfGrowth = 0.7;
const clearOfNoise = 5;
const leastKept = 0.6;
const leastOfSpan = 0.35;
const leastOfLargest = 0.35;

/**
 * The chunks in which memory grew; `null` where it grew evenly, or too little to tell. A chunk is a rise from one reading
 * to the next that stands clear of the scatter of the others and stays; together they must be most of the growth.
 */
export function stepsOf(points: readonly Point[], grain_bytes: number): Steps | null {
  const rises = risesOf(points).filter(({ units }) => units > 0);
  if (rises.length < fewestReadings) return null;
  const sizes = rises.map(({ bytes }) => bytes);
  const usual = median(sizes);
  const least = usual + Math.max(clearOfNoise * spreadOf(sizes), 3 * Math.abs(usual), grain_bytes / 8);
  const clear = rises.filter(({ bytes, kept }) => bytes > least && kept > leastKept * bytes);
  // What warms up rises steeply at first and by less and less: only rises that are alike are chunks.
  const alike = leastOfLargest * Math.max(...clear.map(({ bytes }) => bytes));
  const chunks = clear.filter(({ bytes }) => bytes > alike);
  const together = chunks.reduce((sum, { bytes }) => sum + bytes - usual, 0);
  const grown = levelAt(points, points.length - 1, -1) - levelAt(points, 0, 1);
  if (chunks.length < fewest || chunks.length > mostOfReadings * rises.length) return null;
  if (grown < grain_bytes || together < leastOfGrowth * grown) return null;
  const places = [points[0]?.x ?? 0, ...chunks.map(({ x }) => x)];
  // Rises that all came at first, one after the other, are of what warms up.
  const from = places[0] ?? 0;
  if ((places.at(-1) ?? 0) - from < leastOfSpan * ((points.at(-1)?.x ?? 0) - from)) return null;
  const gaps = places.slice(1).map((place, index) => place - (places[index] ?? place));
  return {
    count: chunks.length,
    bytes_each: median(chunks.map(({ bytes }) => bytes - usual)),
    units_each: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
    longest_units: Math.max(...gaps),
    last_at: places.at(-1) ?? 0,
  };
}

const clearOfScatter = 4;
/** Where several lumps lie between two readings, what is seen of one is a part of it. */
const ofLump = 1.5;
const nearlyAll = 0.9;

/**
 * How much comes at once beyond the scatter of readings at rest, where that is more than the scatter: by so much a level
 * may be off that was read just before or after.
 */
export function lumpOf(points: readonly Point[], slope: number): number {
  const offs = risesOf(points).map(({ units, bytes }) => ({ units, off: Math.abs(bytes - slope * units) }));
  const [rest, load] = [offs.filter(({ units }) => units === 0), offs.filter(({ units }) => units > 0)];
  if (rest.length < fewest || load.length < fewest) return 0;
  const [atRest, underLoad] = [rest, load].map((some) =>
    quantile(
      some.map(({ off }) => off),
      nearlyAll,
    ),
  ) as [number, number];
  return underLoad > clearOfScatter * atRest ? ofLump * underLoad : 0;
}

/** The rises between readings, single ones that are astray apart. */
function risesOf(points: readonly Point[]): Rise[] {
  const smooth = points.map(({ x }, index) => ({ x, y: levelAround(points, index) }));
  return smooth.slice(1).map(({ x, y }, index) => {
    const before = smooth[index] as Point;
    const kept = levelAt(smooth, index + 1, 1) - levelAt(smooth, index, -1);
    return { x, units: x - before.x, bytes: y - before.y, kept };
  });
}

/** The median of a reading and its neighbours; at an end the reading, since growth lies between it and the next. */
function levelAround(points: readonly Point[], index: number): number {
  const near = points.slice(Math.max(0, index - 1), index + 2);
  return near.length < 3 ? (points[index] as Point).y : median(near.map(({ y }) => y));
}

/** The median of three readings from `index` on, forwards or backwards. */
function levelAt(points: readonly Point[], index: number, way: 1 | -1): number {
  const some = [0, 1, 2].map((step) => points[index + way * step]?.y).filter((y) => y !== undefined);
  return median(some);
}
