import type { Curve } from '../samples/curve.ts';
import { coarseness } from '../samples/memories.ts';
import { median } from '../statistics/median.ts';
import { type Point, spanOf } from '../statistics/theil-sen.ts';
import { type Bounds, courseOf, type Unclear } from './course.ts';
import { grainOf } from './grain.ts';
import type { Judgement, More } from './judgement.ts';
import { leastGrowth, type VerdictOptions } from './options.ts';
import { regionsOf } from './regions.ts';
import { stepsOf } from './steps.ts';
import { pointsOver, unitOfGrowth } from './unit-of-growth.ts';

/** So many sockets more are no leak: a pool, and who happens to be connected. */
const socketBounds = { threshold: 0.001, grain: 16, error: 2, lump: 0, cacheOf: () => 0 };
/** Readings of each end, or all of a rest. */
const ofEnds = 3;

/** What a cache that fills may take, by whether two equal loads were sent. */
export type CacheRoom = (equalLoads: boolean) => number;

/** Judges one kind of memory. */
export function judgeCurve(curve: Curve, options: VerdictOptions, cacheOf: CacheRoom): Judgement {
  const growth = unitOfGrowth(curve);
  const { error_bytes: error, lump_bytes: lump } = coarseness[curve.kind];
  const grain = grainOf(curve.kind, pointsOver(curve.points, growth.unit));
  const perRequest = payloadOfARequest(curve);
  const threshold = leastGrowth(growth.unit, options, perRequest);
  return { kind: curve.kind, ...judged(curve, growth, { threshold, grain, error, lump, cacheOf }) };
}

/** Judges the number of open sockets, given as a curve of them. */
export function judgeSockets(curve: Curve): Judgement {
  return { kind: 'sockets', ...judged(curve, unitOfGrowth(curve), socketBounds) };
}

function judged(
  curve: Curve,
  { unit, alike }: Pick<Judgement, 'unit' | 'alike'>,
  bounds: Omit<Bounds, 'cache'> & { readonly cacheOf: CacheRoom },
): Omit<Judgement, 'kind'> {
  const regions = regionsOf(curve, unit);
  const steps = stepsOf(regions.whole, bounds.grain);
  const grown = grownIn(regions.whole);
  const cache = bounds.cacheOf(regions.equalLoads);
  const found = courseOf(regions, { ...bounds, cache }, steps, grown);
  return {
    cleaning: curve.cleaning,
    course: found.course,
    equalLoads: regions.equalLoads,
    unit,
    alike,
    rate: found.rate,
    rate_before: found.before,
    grown,
    units: spanOf(regions.whole),
    steps: found.course === 'grows' ? steps : null,
    confidence: found.confidence,
    more: found.unclear && moreOf(found.unclear, curve, unit, spanOf(regions.tail)),
  };
}

function grownIn(points: readonly Point[]): number {
  const [first, last] = [points[0]?.x, points.at(-1)?.x];
  const start = Math.max(ofEnds, points.filter(({ x }) => x === first).length);
  const end = Math.max(ofEnds, points.filter(({ x }) => x === last).length);
  const levelOf = (some: readonly Point[]): number => median(some.map(({ y }) => y));
  return points.length === 0 ? 0 : levelOf(points.slice(-end)) - levelOf(points.slice(0, start));
}

function payloadOfARequest({ points }: Curve): number {
  const [first, last] = [points[0]?.at, points.at(-1)?.at];
  const requests = (last?.request ?? 0) - (first?.request ?? 0);
  return requests > 0 ? ((last?.['payload byte'] ?? 0) - (first?.['payload byte'] ?? 0)) / requests : 1;
}

const words: Readonly<Record<Unclear['why'], string>> = {
  'too few readings': 'there are too few readings',
  scatter: 'the readings scatter too much for so little growth',
  'rate falls': 'growth slows down by itself, as that of a cache that fills',
  'rate cannot be compared': 'whether it goes on at the same rate cannot be told yet',
  'may be a cache': 'a bounded cache that fills would look the same so far',
  'flat too short': 'it grows in chunks, and has not been flat for long enough to have ended',
};
const fewest = 10;

function moreOf({ why, factor }: Unclear, { points }: Curve, unit: Judgement['unit'], span: number): More {
  const [first, last] = [points[0]?.at, points.at(-1)?.at];
  const seconds = (last?.second ?? 0) - (first?.second ?? 0);
  const units = (last?.[unit] ?? 0) - (first?.[unit] ?? 0);
  const amount = Math.ceil(Math.max(fewest, factor * span));
  return { amount, unit, seconds: units > 0 ? Math.ceil((amount * seconds) / units) : null, why: words[why] };
}
