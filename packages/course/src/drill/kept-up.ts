import { type Incident, isFalseAlarm } from '@leak-lab/incident';
import type { Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes, lasting, lastOnes } from '../measure/collections.ts';
import { endedByMemory } from '../measure/deaths.ts';
import { requestsIn } from '../measure/requests.ts';
import { set_bytes, unitsPerSecond } from './grown.ts';
import { totalOf } from './load.ts';
import { places } from './places.ts';
import { wholeLife } from './time-left.ts';

/** What the learner did to the service is kept among the tries, as "off response-cache.ts". */
export const offKey = (file: string): string => `off ${file}`;
export const mendedKey = (file: string): string => `mended ${file}`;

const leastRequests = 1_500;
const most_bytesPerRequest = 150;
/** Of what each request had left so little is noise: two collections differ by as much. Of two leaks at once one alone leaves a third or more. */
const mostShare = 0.2;
/** Beyond what it would have lived by so much it was kept up. */
const outlived = 1.15;

/**
 * Whether the service was kept up: something was done in time, it was not killed afterwards, and then what grew is flat, or it has
 * outlived what it had. Of a false alarm: whether it was let alone.
 */
export function keptUp(evidence: Evidence, incident: Incident): Sight {
  const acts = actsIn(evidence);
  const [first] = acts;
  if (isFalseAlarm(incident.leaks[0]?.id ?? '')) {
    return first === undefined
      ? { seen: true, saw: 'nothing was wrong, and it was let alone' }
      : { seen: false, saw: `nothing was wrong, and something was done to it: ${first.what}` };
  }
  if (first === undefined) return { seen: false, saw: 'nothing was done to it' };
  const last = acts.at(-1) as Act;
  const killed = evidence.deaths.some(
    ({ time_ms, ended_by }) => time_ms > last.at_ms && endedByMemory.has(ended_by),
  );
  if (killed) return { seen: false, saw: `it was killed all the same after: ${last.what}` };
  const left = leftSince(evidence, incident, last.at_ms);
  if (left !== undefined && left <= Math.max(most_bytesPerRequest, mostShare * leftByEach(incident)))
    return {
      seen: true,
      saw: `${Math.max(0, Math.round(left))} bytes left of each request after: ${last.what}`,
    };
  const whole_seconds = wholeLife(evidence, incident, first.at_ms);
  const lived_seconds = (evidence.now_ms - (evidence.onset_ms ?? evidence.now_ms)) / 1000;
  if (whole_seconds !== undefined && lived_seconds > outlived * whole_seconds)
    return {
      seen: true,
      saw: `it has outlived the ${Math.round(whole_seconds)} s that it had by: ${last.what}`,
    };
  return {
    seen: false,
    saw:
      left === undefined
        ? `too soon to tell after: ${last.what}`
        : `${Math.round(left)} bytes left of each request after: ${last.what}`,
  };
}

interface Act {
  readonly at_ms: number;
  readonly what: string;
}

/** What the learner did since it began to happen, oldest first. */
function actsIn(evidence: Evidence): Act[] {
  const { tries, onset_ms } = evidence;
  return [...tries.map(({ key, at_ms }) => ({ at_ms, what: key })), ...restartsIn(evidence)]
    .filter(({ at_ms }) => at_ms >= (onset_ms ?? 0))
    .toSorted((a, b) => a.at_ms - b.at_ms);
}

/** Another process that no kill for want of memory has brought: one that was stopped in order is in no list of deaths. */
function restartsIn({ samples, deaths }: Evidence): Act[] {
  return samples.flatMap((sample, index) => {
    const before = samples[index - 1];
    if (before === undefined || before.process === sample.process) return [];
    const [from_ms, at_ms] = [before.time_seconds * 1000, sample.time_seconds * 1000];
    const wasKilled = deaths.some(
      ({ time_ms, ended_by }) => endedByMemory.has(ended_by) && time_ms >= from_ms && time_ms <= at_ms,
    );
    // As long as the process before was there: what it had is read then.
    return wasKilled ? [] : [{ at_ms: from_ms, what: 'a restart' }];
  });
}

/** What a request of any kind leaves in the mean while it goes on. */
const leftByEach = (incident: Incident): number =>
  incident.load === undefined ? 0 : (set_bytes(incident) * unitsPerSecond(incident)) / totalOf(incident.load);

/**
 * Bytes that stay of each request of any kind, in the process that runs, by the later half of what it saw since then: what has a
 * bound fills it first. `undefined` while that says too little.
 */
function leftSince({ samples }: Evidence, { leaks }: Incident, from_ms: number): number | undefined {
  const isRemote = places[leaks[0]?.id ?? '']?.file === places['keys']?.file;
  const { process } = samples.at(-1) ?? {};
  const since = samples.filter(
    (sample) => sample.process === process && sample.time_seconds * 1000 >= from_ms,
  );
  const points = isRemote
    ? since.filter(({ remote_bytes }) => remote_bytes != null)
    : lasting(collectionsIn(since));
  const held = (sample: Sample) => (isRemote ? (sample.remote_bytes ?? 0) : (heldAfterGc_bytes(sample) ?? 0));
  const leftUntil = (last: Sample): number[] => {
    const requestsFrom = (point: Sample) =>
      requestsIn(since.slice(since.indexOf(point), since.indexOf(last) + 1));
    const enough = Math.max(leastRequests, requestsFrom(points[0] ?? last) / 2);
    const first = points.findLast((point) => requestsFrom(point) >= enough);
    return first === undefined ? [] : [(held(last) - held(first)) / requestsFrom(first)];
  };
  const left = (isRemote ? points.slice(-1) : lastOnes(points)).flatMap(leftUntil);
  return left.length === 0 ? undefined : Math.min(...left);
}
