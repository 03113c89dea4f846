import type { Judgement } from '../judge/judgement.ts';
import { countOf } from '../samples/counters.ts';
import type { Life } from '../samples/lives.ts';
import type { Sample, Unit } from '../samples/sample.ts';
import { secondsUntil } from '../seconds-until.ts';
import { median, quantile } from '../statistics/median.ts';
import { type Rate, rateOf } from '../statistics/rate.ts';
import type { Estimate } from '../statistics/theil-sen.ts';
import { limitOf, usedOf } from './limits.ts';

/** 95 % of a normal distribution lie within so many standard errors. */
const z95 = 1.96;
/** While a process warms up it takes more than it holds: of the readings under load so much is left out. */
const warmUpShare = 1 / 6;
const lately = 8;
const leastOfLoad = 0.1;
/** Between two readings in which something came, in readings: a longer time is a rest. */
const gap = 4;
/** It is by its peaks that memory in use meets the limit: garbage comes and goes. */
const peaks = 0.75;

/**
 * The seconds until the limit is reached at the units a second of the newest half of the load, where `held` bytes of each
 * unit stay; `null` without a limit, without growth for sure, or where nothing came.
 */
export function secondsToLimit(
  life: Life,
  { kind, unit }: Pick<Judgement, 'kind' | 'unit'>,
  held: Estimate,
): Estimate | null {
  const limit = limitOf(life.at(-1) as Sample, kind);
  const perSecond = unitsPerSecond(life, unit);
  const used = useUnderLoad(life, kind, unit);
  if (limit === null || used === null || held.value <= 0 || perSecond <= 0) return null;
  if (held.low <= 0 && (used.rate === null || used.rate.low <= 0)) return null;
  const rate = used.rate === null ? held : together(held, used.rate);
  const { low, value, high } = rate;
  return secondsUntil(limit, used.now, {
    low: low * perSecond,
    value: value * perSecond,
    high: high * perSecond,
  });
}

/** What counts against the limit: by how much it grows with each unit, and how far its peaks are now by that line. */
function useUnderLoad(
  life: Life,
  kind: Judgement['kind'],
  unit: Unit,
): { readonly rate: Rate | null; readonly now: number } | null {
  const readings = life.flatMap((sample) => {
    const [x, y] = [countOf(sample, unit), usedOf(sample, kind)];
    const loaded = sample.phase == null || sample.phase === 'load';
    return x === null || y === null ? [] : [{ x, y, loaded }];
  });
  const newest = readings.slice(-lately);
  if (newest.length === 0) return null;
  const loaded = readings.filter((reading) => reading.loaded);
  const line = loaded.slice(Math.floor(warmUpShare * loaded.length));
  const rate = rateOf(line) ?? null;
  if (rate === null || rate.value <= 0) return { rate: null, now: median(newest.map(({ y }) => y)) };
  const x = (readings.at(-1) as { x: number }).x;
  const asOfNow = line.map((point) => point.y + rate.value * (x - point.x));
  return { rate, now: quantile(asOfNow, peaks) };
}

/**
 * The rate at which memory in use grows: what is held makes it grow, garbage makes it scatter. Where the two agree, the
 * mean by their errors. Where they do not, the higher: else something beside what is held grows along with it, or there is
 * less garbage from reading to reading, which comes to an end.
 */
function together(held: Estimate, used: Rate): Estimate {
  // Readings without any scatter have an error all the same, or the two could not be weighed.
  const least = 1e-6 * held.value;
  const heldError = Math.max(least, (held.high - held.low) / (2 * z95));
  const usedError = Math.max(least, used.error);
  const apart = Math.abs(held.value - used.value) > z95 * Math.hypot(heldError, usedError);
  if (apart) return held.value > used.value ? held : used;
  const [byHeld, byUsed] = [heldError ** -2, usedError ** -2];
  const value = (held.value * byHeld + used.value * byUsed) / (byHeld + byUsed);
  const error = (byHeld + byUsed) ** -0.5;
  return { low: Math.max(value / 10, value - z95 * error), value, high: value + z95 * error };
}

/** Units a second while there was load, over the newest half of the readings in which some came. */
function unitsPerSecond(life: Life, unit: Unit): number {
  if (unit === 'second') return 1;
  const steps = life.slice(1).map((sample, index) => {
    const before = life[index] as Sample;
    const units = (countOf(sample, unit) ?? 0) - (countOf(before, unit) ?? 0);
    const rested = before.phase != null && before.phase !== 'load';
    return { units, at: sample.time_seconds, seconds: sample.time_seconds - before.time_seconds, rested };
  });
  const some = steps.filter(({ units, seconds }) => units > 0 && seconds > 0);
  const usual = quantile(
    some.map(({ units, seconds }) => units / seconds),
    0.9,
  );
  // A few beside the load, or without one, are whoever reads.
  const ofLoad = some.filter(({ units, seconds }) => units / seconds >= leastOfLoad * usual);
  // What comes rarely takes the time since the last of it; a rest is no such time.
  const longest = gap * median(ofLoad.map(({ seconds }) => seconds));
  const since = ofLoad.map(({ units, at, seconds, rested }, index) => {
    const before = ofLoad[index - 1];
    return { units, seconds: before === undefined || rested ? seconds : Math.min(longest, at - before.at) };
  });
  const newest = since.slice(since.length >> 1);
  const seconds = newest.reduce((sum, step) => sum + step.seconds, 0);
  return seconds === 0 ? 0 : newest.reduce((sum, step) => sum + step.units, 0) / seconds;
}
