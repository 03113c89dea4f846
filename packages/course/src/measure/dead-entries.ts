import { bytesOf, median, type Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes } from './collections.ts';
import { pausesIn, requestsIn, samplesSinceOnset } from './requests.ts';

const tolerance = 0.2;
const leastEntries = 300;
/** Whoever reads the service asks as much. */
const quiet_perSecond = 5;

interface Silence {
  /** Of the life that was silent, from when it began to happen to the last collection of the silence. */
  readonly entries: number;
  /** With what came until the first reading since it began to happen: some of those were made before that, some after. */
  readonly entries_atMost: number;
  readonly held_bytes: number;
}

/** Requests of the seconds in which customers came: whoever reads the service at night makes no entries. */
const askedByCustomers = (life: readonly Sample[]): number =>
  life.slice(1).reduce((sum, sample, index) => {
    const asked = requestsIn([life[index] as Sample, sample]);
    return sum + (asked > quiet_perSecond ? asked : 0);
  }, 0);

/**
 * Requests that came until the first reading of a life: a snapshot holds it up for seconds. Where the record begins with it, as many are
 * taken for granted as came in as much time after it.
 */
function askedBefore(life: readonly Sample[], { samples, onset_ms }: Evidence): number {
  const [first] = life;
  if (first === undefined) return 0;
  const late_seconds = first.time_seconds - (onset_ms ?? 0) / 1000;
  if (late_seconds <= 0) return 0;
  const before = samples[samples.indexOf(first) - 1];
  if (before === undefined) return Math.round(late_seconds * usualRate_perSecond(life));
  return before.process === first.process ? requestsIn([before, first]) : (first.requests_total ?? 0);
}

/** How much customers asked while they did. */
function usualRate_perSecond(life: readonly Sample[]): number {
  const rates = life.slice(1).flatMap((sample, index) => {
    const before = life[index] as Sample;
    const rate = requestsIn([before, sample]) / (sample.time_seconds - before.time_seconds);
    return rate > quiet_perSecond ? [rate] : [];
  });
  return rates.length === 0 ? 0 : median(rates);
}

/** The silence in which everything that was kept went past its time, collected after that. */
function silenceOf(evidence: Evidence, good_for_seconds: number): Silence | { readonly saw: string } {
  const samples = samplesSinceOnset(evidence);
  const pauses = pausesIn(samples, good_for_seconds);
  if (pauses.length === 0) return { saw: `no ${good_for_seconds} s without requests` };
  for (const { from_ms, to_ms } of pauses.toReversed()) {
    const dead_ms = from_ms + good_for_seconds * 1000;
    const last = collectionsIn(samples).findLast(
      ({ time_seconds }) => time_seconds * 1000 >= dead_ms && time_seconds * 1000 <= to_ms + 1_000,
    );
    const held_bytes = last && heldAfterGc_bytes(last);
    if (last === undefined || held_bytes == null) continue;
    const until = samples.slice(0, samples.indexOf(last) + 1);
    const life = until.filter(({ process }: Sample) => process === last.process);
    const entries = askedByCustomers(life);
    return { entries, entries_atMost: entries + askedBefore(life, evidence), held_bytes };
  }
  return { saw: `a silence, and no collection of all garbage ${good_for_seconds} s after the last request` };
}

/** Whether nobody asked for longer than an entry is good, all garbage was collected then, and what is held all the same. */
export function waitedForDeath(evidence: Evidence, good_for_seconds: number): Sight {
  const silence = silenceOf(evidence, good_for_seconds);
  return 'saw' in silence
    ? { seen: false, saw: silence.saw }
    : {
        seen: true,
        saw: `${good_for_seconds} s after the last request ${bytesOf(silence.held_bytes)} are still held`,
      };
}

/** How many entries are held though their time is over: one for each request since it began to happen, in the life that was silent. */
export function deadEntriesTruth(evidence: Evidence, good_for_seconds: number): Truth {
  const silence = silenceOf(evidence, good_for_seconds);
  if ('saw' in silence) return { kind: 'unknown', waits_for: `the silence: so far ${silence.saw}` };
  const { entries, entries_atMost } = silence;
  return entries < leastEntries
    ? { kind: 'unknown', waits_for: `${leastEntries} requests before the silence; there were ${entries}` }
    : { kind: 'number', values: [...new Set([entries, entries_atMost])], tolerance };
}
