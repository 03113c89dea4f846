import { median, type Sample } from '@leak-lab/leak-verdict';
import type { Evidence } from '../evidence.ts';
import type { Sight, Truth } from '../lab.ts';
import { collectionsIn } from './collections.ts';
import { requestsIn, samplesBetween } from './requests.ts';

const tolerance = 0.15;
const lately_ms = 60_000;
const leastReadings = 4;
const leastRequests = 1_500;

/** Resident memory over the last minute in which there was traffic. */
export function residentMemory(evidence: Evidence): Truth {
  const { now_ms } = evidence;
  const lately = samplesBetween(evidence, now_ms - lately_ms, now_ms).flatMap(
    ({ resident_bytes }) => resident_bytes ?? [],
  );
  if (lately.length < leastReadings)
    return { kind: 'unknown', waits_for: `${leastReadings} readings of a running service` };
  return { kind: 'number', values: [median(lately)], tolerance };
}

/** The heap in use after the last collection of all garbage. */
export function heldAfterCollection({ samples }: Evidence): Truth {
  const last = samples.findLast(({ heap_after_gc_bytes }) => heap_after_gc_bytes != null);
  return last?.heap_after_gc_bytes == null
    ? { kind: 'unknown', waits_for: 'a collection of all garbage' }
    : { kind: 'number', values: [last.heap_after_gc_bytes], tolerance };
}

/** Whether some traffic lies between two collections of one life. */
export function trafficSeen({ samples }: Evidence): Sight {
  const lives = [...Map.groupBy(samples, ({ process }) => process).values()];
  const most = Math.max(0, ...lives.map(requestsBetweenCollections));
  const words = `${most.toLocaleString('en')} requests between two collections`;
  return {
    seen: most >= leastRequests,
    saw: most === 0 ? 'no two collections with requests between them' : words,
  };
}

function requestsBetweenCollections(life: readonly Sample[]): number {
  const collections = collectionsIn(life);
  const [first, last] = [collections[0], collections.at(-1)];
  return first === undefined || last === undefined ? 0 : requestsIn([first, last]);
}
