/**
 * Which panel must move, and which way, under which leak, by the load of `loads.ts`; rates over a window of 30 s.
 */

import { leaks as catalogued } from '../../support/leaks.ts';
import { type LeakLoad, loadOf } from './loads.ts';
import type { Expectation, Way } from './movement.ts';

const megabyte = 2 ** 20;
const climbs: Way = { up: 45 * megabyte };
/** Seconds; about 30 at 200 requests a second. */
const timeLeft: Way = { between: [10, 600] };
/** What collections leave is known from the last one, which may be ten seconds ago. */
const climbsInSteps: Way = { up: 28 * megabyte };
const stays: Way = { level: 12 * megabyte };

/** The one with few requests goes first: the rates of a minute are to know of no others. */
const first = 'reload';

export const leaks = [first, ...catalogued.map(({ id }) => id).filter((id) => id !== first)];

const panel = (title: string, ways: Readonly<Record<string, Way>>): Expectation[] =>
  Object.entries(ways).map(([line, way]) => ({ panel: title, line, way }));

/** Where what is kept is to be seen, and where not. */
interface Kept {
  readonly heap: Way;
  /** Where it is not as the heap goes. */
  readonly reserved?: Way;
  readonly heapInSteps: Way;
  readonly largeObjects: Way;
  readonly buffers: Way;
}
const onHeap: Kept = { heap: climbs, heapInSteps: climbsInSteps, largeObjects: stays, buffers: stays };
const keptOf: Readonly<Record<string, Kept>> = {
  // What is reserved may go by the young generation's two halves of 16 MB: each body is garbage of 187 KB and more.
  buffers: {
    heap: stays,
    reserved: { level: 32 * megabyte },
    heapInSteps: stays,
    largeObjects: stays,
    buffers: climbs,
  },
  // What was read ahead is in buffers; a quarter is the kernel's, outside of all that Node counts.
  sockets: {
    heap: { up: 6 * megabyte },
    heapInSteps: { up: 3 * megabyte },
    largeObjects: stays,
    buffers: { up: 28 * megabyte },
  },
  // A list of 100,000 is a large object, its domains are not.
  reload: { ...onHeap, largeObjects: { up: 10 * megabyte } },
};

/** What the leaks have in common, each by its own load. */
function everyLeak(leak: string): Expectation[] {
  const { heap, reserved = heap, heapInSteps, largeObjects, buffers } = keptOf[leak] ?? onHeap;
  const { path, loaded, kept_bytes }: LeakLoad = loadOf(leak);
  return [
    ...panel('Is it a leak? / Use of the limit', { use: { up: 0.2 } }),
    ...panel('Is it a leak? / Time to the limit', { 'time left': timeLeft }),
    ...panel('Is it a leak? / Requests', { requests: { between: loaded } }),
    ...panel('Is it a leak? / Kept of each request', { kept: { between: kept_bytes } }),
    ...panel('Is it a leak? / Deaths in view', { deaths: 'shows' }),
    ...panel('Is it a leak? / Memory against the limit', {
      limit: { level: 0 },
      'use that counts against the limit': climbs,
      'resident memory': leak === 'sockets' ? { up: 30 * megabyte } : climbs,
      'heap after collection': heapInSteps,
      'external memory': stays,
      buffers,
    }),
    ...panel('Rate beside memory / Request Rate vs Memory Growth', {
      requests: { between: loaded },
      'memory growth': { between: [0.3 * megabyte, 8 * megabyte] },
    }),
    ...panel('Rate beside memory / Bytes a request', { 'kept of a request': { between: kept_bytes } }),
    ...panel('Where in memory / Spaces of the heap', {
      old: heap,
      new: stays,
      large_object: largeObjects,
      code: stays,
    }),
    ...panel('Where in memory / Outside the heap', {
      'array buffers': buffers,
      'other external memory': stays,
      stack: stays,
    }),
    ...panel('Where in memory / The heap: reserved, used, alive', {
      'V8’s limit': { level: 0 },
      reserved,
      used: heap,
      alive: heapInSteps,
    }),
    ...panel('GC and event loop / Time spent collecting', {
      major: { between: [0.001, 0.6] },
      minor: { between: [0.0001, 0.6] },
    }),
    ...panel('GC and event loop / The longest pauses', {
      major: { between: [0.001, 1] },
      minor: { between: [0.0001, 1] },
    }),
    ...panel('GC and event loop / Lateness of the event loop', {
      longest: 'shows',
      p99: 'shows',
      p50: 'shows',
    }),
    ...panel('GC and event loop / Processor and collections', {
      processor: { between: [0.02, 1.5] },
      'collections a second': { between: [0.1, 100] },
    }),
    ...panel('Deaths and time to the limit / Time to the limit, told in two ways', {
      'regression of the rule': timeLeft,
      predict_linear: timeLeft,
    }),
    ...panel('Deaths and time to the limit / Use in a minute, if it goes on', {
      limit: { level: 0 },
      'use now': climbs,
      // Above the use now, which ends at about 130 MB; early on it is anything, of a climb that has just begun.
      'use in a minute': { between: [130 * megabyte, 2_000 * megabyte] },
    }),
    ...panel('Deaths and time to the limit / Age of the process', { age: { up: 15 } }),
    ...panel('Deaths and time to the limit / Did it answer?', {
      'leaky-service:8080': { between: [1, 1] },
    }),
    ...panel('Requests / Rate', { [path]: { between: loaded }, '/metrics': { between: [0.2, 1] } }),
    ...panel('Requests / Duration', {
      p50: { between: [0.0001, 0.1] },
      p95: { between: [0.0001, 1] },
      p99: { between: [0.0001, 5] },
    }),
  ];
}

/** What tells one leak from the others. */
function thisLeak(leak: string): Expectation[] {
  const others = leaks.filter((id) => id !== leak);
  const onlyThis = (itself: Way, way: Way) =>
    Object.fromEntries([[leak, itself], ...others.map((id) => [id, way])]);
  const { units, held_bytes } = loadOf(leak);
  return [
    ...panel('What the lab knows / Leaks on and off', onlyThis({ between: [1, 1] }, { between: [0, 0] })),
    ...panel('What the lab knows / What each leak holds', onlyThis({ up: held_bytes }, { between: [0, 0] })),
    ...panel('What the lab knows / Things each leak holds', onlyThis({ up: units }, { between: [0, 0] })),
    ...panel('Requests / What waits and what is open', waitingAndOpen(leak)),
    ...panel('Requests / Calls to the upstream', {
      success: leak === 'closures' ? { between: [1, 200] } : aLittle,
      timeout: { between: [0, 0] },
      // Where the event loop is late, an answer comes whole and is broken off when the upstream closes (ADR 071).
      error: leak === 'sockets' ? { between: [0, 2] } : { between: [0, 0] },
    }),
    ...(leak === 'buffers'
      ? panel('Requests / Size of request bodies', { p50: largeBodies, p99: largeBodies })
      : []),
  ];
}

/** Of a leak that was driven before, within the window. */
const aLittle: Way = { between: [0, 1] };

/** The buckets around 187 KB. */
const largeBodies: Way = { between: [65_536, 1_048_576] };

function waitingAndOpen(leak: string): Record<string, Way> {
  if (leak === 'sockets') {
    const open: Way = { up: 900 };
    return { 'jobs that wait': { level: 0 }, 'connections to the upstream': open, 'open sockets': open };
  }
  const isQueue = leak === 'closures';
  return {
    'jobs that wait': isQueue ? { up: 2_000 } : { level: 0 },
    'connections to the upstream': isQueue ? { between: [1, 100] } : { level: 0 },
    'open sockets': { between: [1, 200] },
  };
}

/** The lab itself stays well meanwhile. */
const labHealth = ({ path, loaded, spans }: LeakLoad): Expectation[] => [
  ...panel('Scrapes / Who answers', {
    'leaky-service': { between: [1, 1] },
    'otel-collector': { between: [1, 1] },
    'span-metrics': { between: [1, 1] },
    jaeger: { between: [1, 1] },
    prometheus: { between: [1, 1] },
  }),
  ...panel('Scrapes / How long a scrape takes', {
    'leaky-service': { between: [0.0001, 2] },
    jaeger: 'shows',
  }),
  // On a machine that is busy with other things it is more.
  ...panel('Scrapes / Time between scrapes', { 'meant to be 2s': { between: [1.9, 10] } }),
  ...panel('Scrapes / Samples in a scrape', { 'leaky-service': { between: [100, 1000] } }),
  ...panel('Scrapes / Routes with a series of their own', { routes: { between: [2, 30] } }),
  ...panel('Scrapes / What Prometheus keeps', { series: { between: [500, 20_000] }, 'on disk': 'shows' }),
  ...panel('Scrapes / Names wanted twice', { missing: { between: [0, 0] } }),
  ...panel('Scrapes / Time the rules take', {
    memory: { between: [0.00001, 2] },
    alerts: { between: [0.00001, 2] },
    dashboard: { between: [0.00001, 2] },
  }),
  ...['Collector', 'Jaeger'].flatMap((row) => [
    ...panel(`${row} / Spans in`, { accepted: { between: spans }, refused: { between: [0, 0] } }),
    ...panel(`${row} / Spans out`, { sent: { between: spans }, lost: { between: [0, 0] } }),
    ...panel(`${row} / Memory`, { 'resident memory': 'shows', heap: 'shows' }),
  ]),
  ...panel('Collector / Queue', { 'room for': { level: 0 }, waiting: 'shows' }),
  ...panel('Collector / Spans by route', { [path]: { between: loaded } }),
];

/** Under load with one of the leaks. */
export const underLeak = (leak: string): readonly Expectation[] => [
  ...everyLeak(leak),
  ...thisLeak(leak),
  ...labHealth(loadOf(leak)),
];

/** When the service has been killed and is back. */
export const afterDeath: readonly Expectation[] = [
  ...panel('Is it a leak? / Deaths in view', { deaths: { between: [1, 1] } }),
  ...panel('Is it a leak? / Alerts', { MemoryLeakSuspected: { touches: 2 }, ServiceDied: { touches: 2 } }),
  ...panel('Deaths and time to the limit / Age of the process', { age: { between: [0, 30] } }),
];

/** When requests have come that were refused, with bodies. */
export const afterErrors: readonly Expectation[] = [
  ...panel('Requests / Errors', { '4xx': { between: [0.5, 100] } }),
  ...panel('Requests / Rate', { unmatched: { between: [0.5, 100] } }),
  ...panel('Requests / Size of request bodies', {
    p50: { between: [4_096, 16_384] },
    p99: { between: [4_096, 16_384] },
  }),
];

/** While 2,000 requests leave a key of 16 KB each in Valkey: 33 MB. */
export const underKeys: readonly Expectation[] = [
  ...panel('Valkey / Memory of Valkey', { limit: { level: 0 }, used: { up: 28 * megabyte } }),
  ...panel('Valkey / Keys in Valkey', { keys: { up: 1_900 }, 'with an expiry': { between: [0, 0] } }),
  ...panel('Valkey / Commands to Valkey', { success: { between: [5, 5_000] } }),
  ...panel('Is it a leak? / Memory against the limit', { 'external memory': stays, buffers: stays }),
  ...panel('Where in memory / The heap: reserved, used, alive', { alive: stays }),
];

/** Panels that are rightly empty under a leak, and fill in a case of their own. */
export const withOwnCase: readonly string[] = [
  'Is it a leak? / Alerts',
  'Requests / Errors',
  'Requests / Size of request bodies',
  'Valkey / Memory of Valkey',
  'Valkey / Keys in Valkey',
  'Valkey / Commands to Valkey',
];
