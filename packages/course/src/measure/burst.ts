import { bytesOf, type Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';
import { collectionsIn } from './collections.ts';
import { bytesPerRequest } from './growth.ts';
import { type Pause, pausesIn, requestsIn, samplesBetween, samplesSinceOnset } from './requests.ts';

const least_seconds = 15;
/** Ten times is meant; a busy machine may not quite get there. */
const leastTimes = 7;
const pause_seconds = 10;
/** Two collections of one pause, so that what grows by time has grown between them. */
const apart_seconds = 6;
const tolerance = 0.25;
const usualRate_perSecond = 30;
/** One collection leaves more than another by as much. */
const noise_bytes = 1024 ** 2;

/** The longest stretch, since it began to happen, in which many times the usual came; `undefined` where there is none. */
function burstIn(evidence: Evidence, usual_perSecond: number): readonly Sample[] | undefined {
  const samples = samplesSinceOnset(evidence);
  const stretches: Sample[][] = [];
  samples.slice(1).forEach((sample, index) => {
    const before = samples[index] as Sample;
    const seconds = sample.time_seconds - before.time_seconds;
    const came = (sample.requests_total ?? 0) - (before.requests_total ?? 0);
    const isBurst = sample.process === before.process && came >= leastTimes * usual_perSecond * seconds;
    const current = stretches.at(-1);
    if (isBurst && current?.at(-1) === before) current.push(sample);
    else if (isBurst) stretches.push([before, sample]);
  });
  const long = stretches.filter((stretch) => secondsOf(stretch) >= least_seconds);
  return long.toSorted((a, b) => secondsOf(b) - secondsOf(a))[0];
}

const secondsOf = (stretch: readonly Sample[]): number =>
  (stretch.at(-1)?.time_seconds ?? 0) - (stretch[0]?.time_seconds ?? 0);

/** Whether there was a burst. */
export function burstSeen(evidence: Evidence, usual_perSecond: number): Sight {
  const burst = burstIn(evidence, usual_perSecond);
  return burst === undefined
    ? { seen: false, saw: `no ${least_seconds} s of about ${10 * usual_perSecond} requests a second` }
    : {
        seen: true,
        saw: `${requestsIn(burst).toLocaleString('en')} requests in ${Math.round(secondsOf(burst))} s`,
      };
}

/** What the burst left: its requests, each with what stays of it; and what more was held in the silence after it than before. */
export function leftByBurst(evidence: Evidence, usual_perSecond: number): Truth {
  const burst = burstIn(evidence, usual_perSecond);
  if (burst === undefined) return { kind: 'unknown', waits_for: burstSeen(evidence, usual_perSecond).saw };
  const growth = bytesPerRequest(evidence);
  if ('waits_for' in growth) return { kind: 'unknown', ...growth };
  const more = heldMore(evidence, burst);
  const values = [growth.value * requestsIn(burst), ...(more === undefined ? [] : [more])];
  return { kind: 'number', values, tolerance };
}

/** By the last collection before the burst and the last one of the silence after it; `undefined` where there are no two. */
function heldMore(evidence: Evidence, burst: readonly Sample[]): number | undefined {
  const [first] = burst;
  const pause = silenceAfter(evidence, burst);
  const last = pause && samplesBetween(evidence, pause.from_ms, pause.to_ms).at(-1);
  if (first?.heap_after_gc_bytes == null || last?.heap_after_gc_bytes == null) return undefined;
  const more = last.heap_after_gc_bytes - first.heap_after_gc_bytes;
  return last.process === first.process && more > 0 ? more : undefined;
}

function silenceAfter(evidence: Evidence, burst: readonly Sample[]): Pause | undefined {
  const from_ms = (burst.at(-1)?.time_seconds ?? 0) * 1000;
  return pausesIn(samplesBetween(evidence, from_ms, evidence.now_ms), pause_seconds)[0];
}

/** What it grows by, as a pause shows: time goes on in it, requests do not. */
export function growsBy(
  evidence: Evidence,
  words: { readonly requests: string; readonly time: string },
): Truth {
  const pause = pausesIn(samplesSinceOnset(evidence), pause_seconds).at(-1);
  if (pause === undefined) return { kind: 'unknown', waits_for: 'ten seconds without traffic' };
  const growth = bytesPerRequest(evidence);
  if ('waits_for' in growth) return { kind: 'unknown', ...growth };
  const [before, after] = collectionsOver(evidence, pause) ?? [];
  if (before === undefined || after === undefined)
    return { kind: 'unknown', waits_for: 'a collection of all garbage before the silence and one in it' };
  const unexplained =
    held(after) - held(before) - growth.value * mostRequestsBetween(evidence, before, after);
  const seconds = after.time_seconds - Math.max(before.time_seconds, pause.from_ms / 1000);
  // Half of what the traffic before it would have left.
  const asByTraffic = growth.value * (evidence.traffic_per_second || usualRate_perSecond) * (seconds / 2);
  const byTime = before.process === after.process && unexplained > Math.max(noise_bytes, asByTraffic);
  return { kind: 'words', accepted: [byTime ? words.time : words.requests] };
}

const held = ({ heap_after_gc_bytes }: Sample): number => heap_after_gc_bytes ?? 0;

/** The first and the last collection of a pause, else the last before it and the last in it; `undefined` where there are no two. */
function collectionsOver(
  evidence: Evidence,
  { from_ms, to_ms }: Pause,
): readonly [Sample, Sample] | undefined {
  const until = collectionsIn(samplesBetween(evidence, evidence.begun_ms, to_ms));
  const after = until.at(-1);
  if (after === undefined || after.time_seconds * 1000 <= from_ms) return undefined;
  // With the first sample of a pause a collection of the traffic may be seen.
  const inPause = until.find(({ time_seconds }) => time_seconds * 1000 > from_ms) as Sample;
  const isApart = after.time_seconds - inPause.time_seconds >= apart_seconds;
  const before = isApart ? inPause : until.findLast(({ time_seconds }) => time_seconds * 1000 <= from_ms);
  return before && [before, after];
}

/** With those since the sample before: a collection is seen by the next sample, and in a burst hundreds come until then. */
function mostRequestsBetween({ samples }: Evidence, before: Sample, after: Sample): number {
  return requestsIn([samples[samples.indexOf(before) - 1] ?? before, after]);
}

/** What a pause after the burst left: a collection in it, and how much is held. */
export function heldAfterBurst(evidence: Evidence, usual_perSecond: number): Sight {
  const burst = burstIn(evidence, usual_perSecond);
  if (burst === undefined) return { seen: false, saw: 'no burst so far' };
  const pause = silenceAfter(evidence, burst);
  if (pause === undefined) return { seen: false, saw: 'no ten seconds of silence after it' };
  const quiet = samplesBetween(evidence, pause.from_ms, pause.to_ms + 3_000);
  const [collected] = collectionsIn(quiet);
  if (collected?.heap_after_gc_bytes == null)
    return { seen: false, saw: 'silence, and no collection of all garbage in it' };
  return { seen: true, saw: `${bytesOf(collected.heap_after_gc_bytes)} of heap are left after it` };
}
