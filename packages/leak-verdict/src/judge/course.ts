import { normalShareBelow } from '../statistics/normal.ts';
import { type Rate, rateOf } from '../statistics/rate.ts';
import { spanOf } from '../statistics/theil-sen.ts';
import { compared } from './fall.ts';
import type { Course } from './judgement.ts';
import type { Regions } from './regions.ts';
import type { Steps } from './steps.ts';
import { withChunks } from './with-chunks.ts';

export interface Bounds {
  /** The least rate that counts as growth. */
  readonly threshold: number;
  /** Growth below this is no growth of the program's. */
  readonly grain: number;
  /** By so much a level may be misread. */
  readonly error: number;
  /** So much is taken at once, whatever is asked for. */
  readonly lump: number;
  /** So much may be a cache that fills. */
  readonly cache: number;
}

/** Why a course cannot be told, and by what factor the load so far would have to grow. */
export interface Unclear {
  readonly why:
    | 'too few readings'
    | 'scatter'
    | 'rate falls'
    | 'rate cannot be compared'
    | 'may be a cache'
    | 'flat too short';
  readonly factor: number;
}

export interface CourseFound {
  readonly course: Course;
  readonly rate: Rate | null;
  readonly before: Rate | null;
  readonly confidence: number;
  readonly unclear: Unclear | null;
}

/** One-sided 97.5 %. */
const sure = 1.96;
/** A leak is never said by chance: so many standard errors above the threshold. */
const certain = 3.5;
const fewestNow = 6;
/** Without rests to hold against each other a slope wants so many places, or one reading astray makes it. */
const fewestPlaces = 5;
/** What grows in chunks is flat only after so many of its longest gaps. */
const flatGaps = 2.5;
const mostConfident = 0.999;

/** What a curve does, by the rate at its end and the rate before that. */
export function courseOf(regions: Regions, bounds: Bounds, steps: Steps | null, grown: number): CourseFound {
  const rate = withChunks(regions.tail, steps, bounds.lump);
  const before = withChunks(regions.before, steps, bounds.lump);
  const found = { rate, before, confidence: 0, unclear: null };
  const unclear = (why: Unclear['why'], factor = 1): CourseFound => ({
    ...found,
    course: 'unclear',
    unclear: { why, factor },
  });
  const span = spanOf(regions.tail);
  if (rate === null || span <= 0 || !hasPlaces(regions)) return unclear('too few readings');

  const { threshold, grain, error } = bounds;
  const decided = (course: Course, confidence: number): CourseFound => ({
    ...found,
    course,
    confidence: Math.min(mostConfident, confidence),
  });
  const away = (rate.value - threshold) / Math.max(Number.MIN_VALUE, Math.hypot(rate.error, error / span));
  const flat = rate.high + error / span < threshold;
  const atRest = flat ? null : flatAtRest(regions, bounds);
  const endedSince = atRest !== null || flatSince(regions, bounds, steps);
  if (flat || endedSince) {
    const flatFor = (regions.whole.at(-1)?.x ?? 0) - (steps?.last_at ?? Number.NEGATIVE_INFINITY);
    if (steps !== null && flatFor < flatGaps * steps.longest_units) return unclear('flat too short');
    const confidence = endedSince ? normalShareBelow(sure) : normalShareBelow(-away);
    const risen = endedSince ? grown > 4 * grain : hasRisen(regions, rate, grown, grain);
    return { ...decided(risen ? 'levelled' : 'flat', confidence), rate: atRest ?? rate };
  }
  if (rate.low - error / span <= threshold || away < certain || rate.value * span < grain) {
    return unclear('scatter', moreForScatter(rate, bounds, span));
  }
  const fall = before === null ? null : compared(regions, before, rate, steps, bounds.lump);
  if (fall === 'falls' && before !== null) return unclear('rate falls', spansUntil(rate, before, threshold));
  if (fall !== 'same') return unclear('rate cannot be compared');
  if (grown < bounds.cache) return unclear('may be a cache', (bounds.cache - grown) / (rate.value * span));
  return decided('grows', normalShareBelow(away));
}

/** Of a rate that falls by the same part with each load: how many more until it is below the threshold, and one to see it. */
function spansUntil(rate: Rate, before: Rate, threshold: number): number {
  const part = Math.max(0.05, Math.min(0.95, rate.value / before.value));
  return Math.max(1, Math.min(20, Math.log(threshold / rate.value) / Math.log(part) + 1));
}

const hasPlaces = ({ equalLoads, tail }: Pick<Regions, 'equalLoads' | 'tail'>): boolean =>
  equalLoads || new Set(tail.map(({ x }) => x)).size >= fewestPlaces;

/** Whether there was growth that has ended, beside what may still go on below the threshold. */
function hasRisen({ whole }: Regions, rate: Rate, grown: number, grain: number): boolean {
  return grown - Math.max(0, rate.value) * spanOf(whole) > 4 * grain + 2 * rate.error * spanOf(whole);
}

/** Whether growth has ended within the tail: its newest part is flat, and long against the gaps between chunks. */
function flatSince(
  { now, tail, equalLoads }: Regions,
  { threshold, error }: Bounds,
  steps: Steps | null,
): boolean {
  if (now.length < fewestNow || now.length >= tail.length || !hasPlaces({ equalLoads, tail: now }))
    return false;
  const rate = rateOf(now);
  const span = spanOf(now);
  if (rate === undefined || span <= 0) return false;
  if (steps !== null && span < flatGaps * steps.longest_units) return false;
  return rate.high + error / span < threshold;
}

/** What the last load left, by the rests before and after it, where that is nothing: what only a load holds is no growth. */
function flatAtRest({ levels }: Regions, { threshold, error }: Bounds): Rate | null {
  const rate = levels === null ? undefined : rateOf(levels.tail);
  const span = spanOf(levels?.tail ?? []);
  return rate !== undefined && span > 0 && rate.high + error / span < threshold ? rate : null;
}

/** Scatter of a slope falls with the load to the power of 3/2; a threshold within the scatter needs it to fall enough. */
function moreForScatter(rate: Rate, { threshold, grain }: Bounds, span: number): number {
  const half = (rate.high - rate.low) / 2;
  const away = Math.max(Math.abs(rate.value - threshold), threshold / 4);
  const byScatter = (half / away) ** (2 / 3);
  const byGrain = rate.value > threshold ? grain / (rate.value * span) : 0;
  return Math.max(0.5, Math.min(20, Math.max(byScatter, byGrain)));
}
