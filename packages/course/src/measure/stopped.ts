import { bytesOf, type Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight } from '../lab.ts';
import { collectionsIn, heldAfterGc_bytes, lasting } from './collections.ts';
import { requestsBetween, samplesBetween } from './requests.ts';

/** Of what had grown so much must be gone. */
const leastGone = 0.6;
const leastGrown_bytes = 3 * 1024 ** 2;
const leastRequests = 1_500;
/** Less is noise: two collections differ by 225 KB for nothing, which is 150 bytes of each of the least requests. */
const most_bytesPerRequest = 200;

/**
 * From when the lab's own leak was switched off last to when it was on again, as the learner mended it, or to now; `undefined` where
 * it never was off. That another one went off, which was on before the lab began, may be seen only after that.
 */
function timeOff({
  events,
  incident,
  now_ms,
}: Evidence): { readonly from_ms: number; readonly to_ms: number } | undefined {
  const own = events.filter(({ details }) => incident?.leaks.some(({ id }) => id === details['id']));
  const off = own.findLastIndex(({ kind }) => kind === 'leak_off');
  const from_ms = own[off]?.time_ms;
  if (from_ms === undefined) return undefined;
  const on = own.slice(off).find(({ kind }) => kind === 'leak_on');
  return { from_ms, to_ms: on?.time_ms ?? now_ms };
}

/** Whether what had grown is gone, and what made it grow is off. */
export function bleedingStopped(evidence: Evidence): Sight {
  const off = timeOff(evidence);
  if (off === undefined) return { seen: false, saw: 'it is still on' };
  const readings = evidence.samples.flatMap((sample) => heldAfterGc_bytes(sample) ?? []);
  const [least, most] = [Math.min(...readings), Math.max(...readings)];
  const held = samplesBetween(evidence, off.from_ms, off.to_ms).map(heldAfterGc_bytes);
  const left = held.findLast((bytes) => bytes !== null) ?? most;
  if (most - least < leastGrown_bytes) return { seen: false, saw: 'nothing had grown yet' };
  const gone = (most - left) / (most - least);
  const words = `of ${bytesOf(most - least)} that had grown ${bytesOf(Math.max(0, most - left))} are gone`;
  return { seen: gone >= leastGone, saw: gone >= leastGone ? words : `it is off; ${words}` };
}

/** Whether it is flat while it is off: so many requests between two collections, and nothing left of them. */
export function flatSinceOff(evidence: Evidence): Sight {
  const off = timeOff(evidence);
  if (off === undefined) return { seen: false, saw: 'it is still on' };
  // Of all samples: a collection is seen by the one before it, which may be of when it still was on.
  const collected = lasting(
    collectionsIn(evidence.samples).filter(
      (sample) => time_ms(sample) >= off.from_ms && time_ms(sample) <= off.to_ms,
    ),
  );
  const [first, ...others] = collected;
  if (first === undefined || others.length === 0)
    return { seen: false, saw: `${collected.length} collections of all garbage since it is off` };
  const stretches = others.map((last) => stretch(evidence, first, last));
  const flat = stretches.find(
    ({ requests, left }) => requests >= leastRequests && left < most_bytesPerRequest,
  );
  const { requests, left } = flat ?? (stretches.at(-1) as Stretch);
  const count = requests.toLocaleString('en');
  if (requests < leastRequests)
    return { seen: false, saw: `${count} requests between two collections since it is off` };
  return { seen: flat !== undefined, saw: `${Math.round(left)} bytes left of each of ${count} requests` };
}

/** From one collection to another. */
interface Stretch {
  readonly requests: number;
  /** Of each request, bytes. */
  readonly left: number;
}

function stretch(evidence: Evidence, first: Sample, last: Sample): Stretch {
  const requests = requestsBetween(evidence, time_ms(first), time_ms(last));
  const grown_bytes = (heldAfterGc_bytes(last) ?? 0) - (heldAfterGc_bytes(first) ?? 0);
  return { requests, left: grown_bytes / Math.max(1, requests) };
}

const time_ms = ({ time_seconds }: Sample): number => time_seconds * 1000;
