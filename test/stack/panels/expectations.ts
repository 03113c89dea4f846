/**
 * Which panel must move, and which way, under which leak: 5,000 requests at the leaks' default size, 16 KB kept of each,
 * which is 80 MB; 200 of them a second, or fewer where the machine is busy; rates over a window of 30 s.
 */
import type { Expectation, Way } from './movement.ts';

export const load = { requests: 5_000, requests_perSecond: 200, window: '30s' } as const;

const megabyte = 2 ** 20;
const climbs: Way = { up: 45 * megabyte };
/** A second; 200 are meant. */
const loaded: Way = { between: [25, 250] };
/** Seconds; about 30 at 200 requests a second. */
const timeLeft: Way = { between: [10, 600] };
/** What collections leave is known from the last one, which may be ten seconds ago. */
const climbsInSteps: Way = { up: 28 * megabyte };
const stays: Way = { level: 12 * megabyte };

export const leaks = ['cache', 'listeners', 'closures', 'history'] as const;
export type LeakId = (typeof leaks)[number];

const panel = (title: string, ways: Readonly<Record<string, Way>>): Expectation[] =>
  Object.entries(ways).map(([line, way]) => ({ panel: title, line, way }));

/** What the leaks have in common: objects of the heap, by the request. */
const everyLeak: readonly Expectation[] = [
  ...panel('Is it a leak? / Use of the limit', { use: { up: 0.2 } }),
  ...panel('Is it a leak? / Time to the limit', { 'time left': timeLeft }),
  ...panel('Is it a leak? / Requests', { requests: loaded }),
  ...panel('Is it a leak? / Kept of each request', { kept: { between: [8_000, 24_000] } }),
  ...panel('Is it a leak? / Deaths in view', { deaths: 'shows' }),
  ...panel('Is it a leak? / Memory against the limit', {
    limit: { level: 0 },
    'use that counts against the limit': climbs,
    'resident memory': climbs,
    'heap after collection': climbsInSteps,
    'external memory': stays,
    buffers: stays,
  }),
  ...panel('Rate beside memory / Request Rate vs Memory Growth', {
    requests: loaded,
    'memory growth': { between: [0.3 * megabyte, 6 * megabyte] },
  }),
  ...panel('Rate beside memory / Bytes a request', { 'kept of a request': { between: [8_000, 24_000] } }),
  ...panel('Where in memory / Spaces of the heap', {
    old: climbs,
    new: stays,
    large_object: stays,
    code: stays,
  }),
  ...panel('Where in memory / Outside the heap', {
    'array buffers': stays,
    'other external memory': stays,
    stack: stays,
  }),
  ...panel('Where in memory / The heap: reserved, used, alive', {
    'V8’s limit': { level: 0 },
    reserved: climbs,
    used: climbs,
    alive: climbsInSteps,
  }),
  ...panel('GC and event loop / Time spent collecting', {
    major: { between: [0.001, 0.6] },
    minor: { between: [0.001, 0.6] },
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
    'collections a second': { between: [0.5, 100] },
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
  ...panel('Deaths and time to the limit / Did it answer?', { 'leaky-service:8080': { between: [1, 1] } }),
  ...panel('Requests / Rate', { '/api/data': loaded, '/metrics': { between: [0.2, 1] } }),
  ...panel('Requests / Duration', {
    p50: { between: [0.0001, 0.1] },
    p95: { between: [0.0001, 1] },
    p99: { between: [0.0001, 5] },
  }),
];

/** What tells one leak from the others. */
function thisLeak(leak: LeakId): Expectation[] {
  const others = leaks.filter((id) => id !== leak);
  const onlyThis = (itself: Way, way: Way) =>
    Object.fromEntries([[leak, itself], ...others.map((id) => [id, way])]);
  const usesUpstream = leak === 'closures';
  return [
    ...panel('What the lab knows / Leaks on and off', onlyThis({ between: [1, 1] }, { between: [0, 0] })),
    ...panel('What the lab knows / What each leak holds', onlyThis(climbs, { between: [0, 0] })),
    ...panel('What the lab knows / Things each leak holds', onlyThis({ up: 2_500 }, { between: [0, 0] })),
    ...panel('Requests / What waits and what is open', {
      'jobs that wait': usesUpstream ? { up: 2_000 } : { level: 0 },
      'connections to the upstream': usesUpstream ? { between: [1, 100] } : { level: 0 },
      'open sockets': { between: [1, 200] },
    }),
    ...panel('Requests / Calls to the upstream', {
      success: usesUpstream ? { between: [1, 200] } : 'shows',
      timeout: { between: [0, 0] },
      error: { between: [0, 0] },
    }),
  ];
}

/** The lab itself stays well meanwhile. */
const labHealth: readonly Expectation[] = [
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
    ...panel(`${row} / Spans in`, { accepted: { between: [25, 600] }, refused: { between: [0, 0] } }),
    ...panel(`${row} / Spans out`, { sent: { between: [25, 600] }, lost: { between: [0, 0] } }),
    ...panel(`${row} / Memory`, { 'resident memory': 'shows', heap: 'shows' }),
  ]),
  ...panel('Collector / Queue', { 'room for': { level: 0 }, waiting: 'shows' }),
  ...panel('Collector / Spans by route', { '/api/data': loaded }),
];

/** Under load with one of the leaks. */
export const underLeak = (leak: LeakId): readonly Expectation[] => [
  ...everyLeak,
  ...thisLeak(leak),
  ...labHealth,
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

/** Panels that are rightly empty under a leak, and fill in a case of their own. */
export const withOwnCase: readonly string[] = [
  'Is it a leak? / Alerts',
  'Requests / Errors',
  'Requests / Size of request bodies',
];
