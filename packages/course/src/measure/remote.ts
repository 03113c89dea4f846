import { bytesOf, median, type Sample, theilSen } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes } from './collections.ts';
import { bytesPerRequest, leastGrowth_bytes } from './growth.ts';
import { samplesSinceOnset } from './requests.ts';

const leastReadings = 10;
const leastKeys = 200;
const leastRequests = 1_000;
/** Two collections of a level service differ by some 80 KB, and a young one takes 40 to 60 bytes of each request: no leak leaves so little. */
const flat_bytes = 200;
/** So many times what the other one takes. */
const clearly = 4;
/** Nearer to its limit it takes no more. */
const full = 0.97;
const minute_seconds = 60;
const lately_seconds = 15;

/** What is left where so much is gone at once, a server that began anew has, or one that somebody has emptied. */
const emptied = 0.5;
/** A reading that lacks is none; so many in a row are a server that does not answer. */
const leastSilent = 5;

/**
 * The readings of the other server since it began to happen, as long as it took what was written to it: of its lives the one in
 * which most came, since what was kept is gone with each.
 */
function climb(evidence: Evidence): readonly Sample[] {
  const taking = samplesSinceOnset(evidence).filter(
    ({ remote_bytes, remote_limit_bytes, remote_keys }) =>
      remote_bytes != null &&
      remote_keys != null &&
      (remote_limit_bytes == null || remote_bytes < full * remote_limit_bytes),
  );
  const lives: Sample[][] = [];
  for (const sample of taking) {
    const before = lives.at(-1)?.at(-1);
    const isSame = before !== undefined && keysOf(sample) >= emptied * keysOf(before);
    if (isSame) lives.at(-1)?.push(sample);
    else lives.push([sample]);
  }
  const [longest = []] = lives.toSorted((a, b) => risenIn(b) - risenIn(a));
  return longest;
}

const keysOf = ({ remote_keys }: Sample): number => remote_keys ?? 0;
const risenIn = (life: readonly Sample[]): number =>
  keysOf(life.at(-1) as Sample) - keysOf(life[0] as Sample);

/**
 * Whether the first server's own memory was shown to be level: two collections with traffic between, and next to nothing left of it.
 * One such stretch is proof: in what leaks there is none.
 */
export function serviceIsFlat(evidence: Evidence): Sight {
  const lives = Map.groupBy(samplesSinceOnset(evidence), ({ process }) => process);
  const stretches = [...lives.values()].flatMap((life) => stretchesOf(life));
  const [best] = stretches.toSorted((a, b) => a.left - b.left);
  if (best === undefined)
    return {
      seen: false,
      saw: `no two collections of the whole heap with ${leastRequests.toLocaleString('en')} requests between them`,
    };
  const { left, requests } = best;
  const words = `${Math.round(Math.max(0, left)).toLocaleString('en')} bytes left of each of ${requests.toLocaleString('en')} requests in the service`;
  return { seen: left < flat_bytes, saw: words };
}

/** From each collection of a life to each later one, where enough requests came between. */
function stretchesOf(life: readonly Sample[]): { readonly requests: number; readonly left: number }[] {
  const collected = collectionsIn(life);
  return collected.flatMap((from, index) =>
    collected.slice(index + 1).flatMap((to) => {
      const requests = (to.requests_total ?? 0) - (from.requests_total ?? 0);
      const [before, after] = [heldAfterGc_bytes(from), heldAfterGc_bytes(to)];
      if (requests < leastRequests || before === null || after === null) return [];
      return [{ requests, left: (after - before) / requests }];
    }),
  );
}

/** Which server's memory rises with the traffic: by what was recorded of both. */
export function growingServerTruth(
  evidence: Evidence,
  words: { readonly service: string; readonly remote: string },
): Truth {
  const growth = bytesPerRequest(evidence);
  if ('waits_for' in growth) return { kind: 'unknown', ...growth };
  const samples = climb(evidence);
  const [first, last] = [samples[0], samples.at(-1)];
  const requests = (last?.requests_total ?? 0) - (first?.requests_total ?? 0);
  const remote = ((last?.remote_bytes ?? 0) - (first?.remote_bytes ?? 0)) / Math.max(1, requests);
  const [service, isEnough] = [Math.max(0, growth.value), Math.max(remote, growth.value) > leastGrowth_bytes];
  if (isEnough && remote > clearly * service) return { kind: 'words', accepted: [words.remote] };
  if (isEnough && service > clearly * remote) return { kind: 'words', accepted: [words.service] };
  return { kind: 'unknown', waits_for: 'half a minute more of traffic' };
}

/** How many keys came each minute while customers asked. */
export function keysPerMinuteTruth(evidence: Evidence): Truth {
  const samples = climb(evidence);
  const busy = samples.filter((sample, index) => {
    const before = samples[index - 1];
    return before !== undefined && (sample.requests_total ?? 0) - (before.requests_total ?? 0) > 5;
  });
  const points = busy.map(({ time_seconds, remote_keys }) => ({ x: time_seconds, y: remote_keys ?? 0 }));
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < leastReadings || first === undefined || last === undefined)
    return { kind: 'unknown', waits_for: `${leastReadings} s of traffic while it is not full` };
  const slope = theilSen(points)?.value ?? (last.y - first.y) / (last.x - first.x);
  return { kind: 'number', values: [slope * minute_seconds], tolerance: 0.2 };
}

/** How many keys nothing will ever end, now or a moment ago. */
export function endlessKeysTruth({ samples }: Evidence): Truth {
  const known = samples.filter(({ remote_keys }) => remote_keys != null);
  const last = known.at(-1);
  const before = known.findLast(
    ({ time_seconds }) => time_seconds <= (last?.time_seconds ?? 0) - lately_seconds,
  );
  const values = [last, before].flatMap((sample) =>
    sample?.remote_keys == null ? [] : [sample.remote_keys - (sample.remote_keys_with_expiry ?? 0)],
  );
  return values.length === 0 || (values[0] ?? 0) < leastKeys
    ? { kind: 'unknown', waits_for: `${leastKeys} keys without an end` }
    : { kind: 'number', values, tolerance: 0.1 };
}

/** The rate at which customers asked, in the seconds in which they did. */
function rate_perSecond(samples: readonly Sample[]): number | undefined {
  const rates = samples.slice(1).flatMap((sample, index) => {
    const before = samples[index] as Sample;
    const seconds = sample.time_seconds - before.time_seconds;
    const rate = ((sample.requests_total ?? 0) - (before.requests_total ?? 0)) / seconds;
    return sample.process === before.process && rate > 5 ? [rate] : [];
  });
  return rates.length < leastReadings ? undefined : median(rates);
}

/** Of customers who come back: every so many requests of all, each of so many in turn. */
export interface Regulars {
  readonly every: number;
  readonly count: number;
}

/**
 * After how many seconds a session may end: the longest time from one request of a customer to the next, as it was in this run, and
 * as much grace as `grace` says, a share of it.
 */
export function expiryTruth(evidence: Evidence, { every, count }: Regulars, grace: number): Truth {
  const rate = rate_perSecond(samplesSinceOnset(evidence));
  if (rate === undefined) return { kind: 'unknown', waits_for: `${leastReadings} s of traffic` };
  const gap_seconds = (every * count) / rate;
  return { kind: 'number', values: [gap_seconds * (1 + grace)], tolerance: 0.25 };
}

/** What has to go beside new keys getting an end: known when some have none, and customers come back to some of those. */
export function deletionTruth(
  evidence: Evidence,
  words: { readonly cold: string; readonly nothing: string },
): Truth {
  const endless = endlessKeysTruth(evidence);
  if (endless.kind === 'unknown') return endless;
  const last = evidence.samples.findLast(({ remote_keys }) => remote_keys != null);
  const isEndless = (last?.remote_keys_with_expiry ?? 0) < (last?.remote_keys ?? 0) / 2;
  return { kind: 'words', accepted: [isEndless ? words.cold : words.nothing] };
}

/** That the other server, where something grows in it, does not answer, in words for a hint; `undefined` where it does. */
export function goneWords({ samples, incident, service_is_up }: Evidence): string | undefined {
  const isNeeded = incident?.leaks.some(({ id }) => id === 'keys');
  const last = samples.slice(-leastSilent);
  const isSilent = last.length === leastSilent && last.every(({ remote_keys }) => remote_keys == null);
  return isNeeded && service_is_up && isSilent
    ? 'A server that this lab cannot do without does not answer, so nothing grows: ./lab status says what runs (on Docker: docker compose ps). What it held is gone when it is back; what was measured before is still right.'
    : undefined;
}

/** How full the other server is, in words for a hint; `undefined` where it takes what is written. */
export function fullWords({ samples }: Evidence): string | undefined {
  const last = samples.findLast(({ remote_bytes }) => remote_bytes != null);
  if (last?.remote_bytes == null || last.remote_limit_bytes == null) return undefined;
  return last.remote_bytes < full * last.remote_limit_bytes
    ? undefined
    : `${bytesOf(last.remote_bytes)} of ${bytesOf(last.remote_limit_bytes)}`;
}
