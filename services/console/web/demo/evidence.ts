import type {
  AllocationLine,
  Allocations,
  Death,
  DeathSummary,
  Diff,
  DiffRow,
  GuardWord,
  LeakState,
  PathStep,
  Sample,
  SnapshotRecord,
} from '../../src/api/contract.ts';
import { demoRound, eventsUntil, pidOf, placeOf } from './course.ts';

const KB = 1024;
const MB = 1024 ** 2;

const line = (
  file: string,
  at: number,
  name: string,
  size: number,
  growth: number,
  each: number,
): AllocationLine => ({
  location: `${file}:${at} ${name}`,
  file,
  line: at,
  function: name,
  size_bytes: size,
  count: Math.round(size / each),
  growth_bytes: growth,
  growth_count: Math.round(growth / each),
});

const cacheLine = (leaked: number) =>
  line('features/response-cache.ts', 25, 'handle', leaked, leaked, 8 * KB);

export function allocations(sample: Sample, begun_ms: number, since_ms: number | null): Allocations {
  const { at } = placeOf(sample.time_ms, begun_ms);
  const leaked = Math.max(0, Math.min(at, demoRound.death) - demoRound.leak) * 200 * 15_900;
  return {
    time_ms: sample.time_ms - 3000,
    since_ms,
    began_anew_ms: null,
    pid: sample.pid ?? 0,
    growing: [
      cacheLine(leaked),
      line('orders/order.ts', 18, 'orderDocument', 4.2 * MB, 1.4 * MB, 2 * KB),
      line('http/server.ts', 61, 'onRequest', 1.1 * MB, 380 * KB, 512),
      line('metrics/http.ts', 33, 'observe', 640 * KB, 96 * KB, 256),
    ].filter(({ growth_bytes }) => growth_bytes > 0),
    given_back: [
      line('upstream/job-queue.ts', 44, 'push', 310 * KB, -1.9 * MB, 1 * KB),
      line('log-lines.ts', 12, 'line', 88 * KB, -410 * KB, 256),
    ],
    total_bytes: leaked + 9.4 * MB,
    total_growth_bytes: leaked - 0.4 * MB,
  };
}

export function guardWord(sample: Sample | null): GuardWord {
  const usage = sample?.usage_bytes ?? 80 * MB;
  const live = sample?.heap_after_gc_bytes ?? 22 * MB;
  const cost = live * 4.5;
  const available = 256 * MB - usage;
  const fits = cost < available;
  return {
    fits,
    limit_bytes: 256 * MB,
    usage_bytes: usage,
    available_bytes: available,
    live_heap_bytes: live,
    estimated_objects: Math.round(live / 70),
    estimated_cost_bytes: cost,
    estimated_seconds: live / (46 * MB),
    basis: '4.5 times the live heap, calibrated for Node 26',
    advice: fits
      ? []
      : [
          'Take the first snapshot early, below about 40 MB of live heap.',
          'Empty the leak and repeat: POST /admin/leaks/clear.',
          'The console can raise the limit for the capture.',
        ],
  };
}

export const snapshots = (begun_ms: number): SnapshotRecord[] =>
  [38.1, 71.4].map((size, i) => ({
    id: i + 1,
    taken_at_ms: begun_ms + (demoRound.leak + (i === 0 ? 8 : 24)) * 1000,
    pid: pidOf(0, 90),
    file: `snapshots/demo-${i + 1}.heapsnapshot`,
    size_bytes: size * MB,
    live_heap_bytes: (i === 0 ? 24 : 71) * MB,
    seconds: i === 0 ? 0.9 : 1.4,
    pinned: i === 0,
    fault: null,
  }));

const step = (edge: string, name: string, id: number, source: string | null = null): PathStep => ({
  edge,
  name,
  id,
  source,
});

const pathTo = (last: readonly PathStep[]): PathStep[] => [
  step('', '(GC roots)', 3),
  step('(Global handles)', 'Server', 1201),
  step('.app', 'Service', 2410, 'service.ts:31'),
  step('.switchboard', 'Switchboard', 2502, 'leaks/switchboard.ts:22'),
  step('.cache', 'ResponseCache', 2688, 'features/response-cache.ts:16'),
  step('.#responses', 'Map', 2690),
  ...last,
];

/** The name of a class is whatever a program calls it: this one would run if it were ever read as markup. */
export const hostileName = '<img src=x onerror="document.title=\'pwned\'">';

const row = (
  name: string,
  added: number,
  deleted: number,
  own: number,
  before: number,
  after: number,
): DiffRow => ({
  class_name: name,
  added_count: added,
  deleted_count: deleted,
  count_delta: added - deleted,
  self_delta_bytes: own,
  retained_before_bytes: before,
  retained_after_bytes: after,
  retained_delta_bytes: after - before,
  source: null,
  allocated_at: null,
  paths: [],
});

const rows: DiffRow[] = [
  {
    ...row('{body, storedAt}', 3204, 0, 3204 * 32, 21.2 * MB, 71.9 * MB),
    source: 'features/response-cache.ts:29',
    allocated_at: cacheLine(51 * MB),
    paths: [
      { count: 4531, share_of_bytes: 0.994, steps: pathTo([step('[key]', '{body, storedAt}', 90_117)]) },
      {
        count: 7,
        share_of_bytes: 0.006,
        steps: [
          step('', '(GC roots)', 3),
          step('(Stack roots)', 'ServerResponse', 88_100),
          step('.entry', '{body, storedAt}', 90_560),
        ],
      },
    ],
  },
  {
    ...row('(string)', 3390, 141, 50.4 * MB, 24.1 * MB, 74.5 * MB),
    allocated_at: cacheLine(51 * MB),
    paths: [
      {
        count: 4538,
        share_of_bytes: 0.97,
        steps: pathTo([step('[key]', '{body, storedAt}', 90_117), step('.body', '(string)', 90_118)]),
      },
    ],
  },
  {
    ...row('Map', 1, 0, 68 * KB, 21.9 * MB, 72.9 * MB),
    paths: [{ count: 1, share_of_bytes: 1, steps: pathTo([]) }],
  },
  row('ResponseCache', 0, 0, 0, 21.9 * MB, 72.9 * MB),
  row('{id, items, total, customer}', 412, 398, 560, 310 * KB, 322 * KB),
  row('Socket', 3, 1, 620, 88 * KB, 96 * KB),
  row('(compiled code)', 64, 12, 41 * KB, 4.1 * MB, 4.2 * MB),
  row(hostileName, 2, 0, 64, 0, 128),
  row('JobQueue', 0, 0, 0, 12 * KB, 4 * KB),
];

export const diff: Diff = {
  id: 1,
  before: 1,
  after: 2,
  status: 'done',
  progress: 1,
  message: null,
  seconds: 0.84,
  rows,
  collections: [
    {
      name: 'Map',
      owner: 'ResponseCache.#responses',
      count_before: 1334,
      count_after: 4538,
      retained_after_bytes: 72.9 * MB,
    },
    {
      name: 'Set',
      owner: 'Server.connections',
      count_before: 20,
      count_after: 24,
      retained_after_bytes: 96 * KB,
    },
  ],
};

const demoLeaks = ['cache', 'listeners', 'history', 'closures', 'buffers', 'sockets', 'reload', 'expired'];

const units: Readonly<Record<string, LeakState['unit']>> = { reload: 'event', sockets: 'connection' };

export const leakStates = (sample: Sample | null, begun_ms: number): LeakState[] => {
  const { at } = placeOf(sample?.time_ms ?? begun_ms, begun_ms);
  const on = at >= demoRound.leak && at < demoRound.death;
  const entries = on ? Math.round((at - demoRound.leak) * 200) : 0;
  return demoLeaks.map((id) => ({
    id,
    enabled: id === 'cache' && on,
    entries: id === 'cache' ? entries : 0,
    retained_bytes: id === 'cache' ? entries * 16_384 : 0,
    bytes_per_request: id === 'reload' ? 4_800_000 : 16_384,
    unit: units[id] ?? 'request',
    one_in: id === 'sockets' ? 375 : 1,
  }));
};

export function deathsUntil(time_ms: number, begun_ms: number): DeathSummary[] {
  return eventsUntil(time_ms, begun_ms)
    .filter(({ kind }) => kind === 'death')
    .map(({ time_ms: at }, i): DeathSummary => {
      const aborted = i % 3 === 1;
      return {
        id: i + 1,
        time_ms: at,
        pid: pidOf(i, 0),
        started_at_ms: at - (i === 0 ? 138 : 236) * 1000,
        uptime_seconds: i === 0 ? 138 : 236,
        ended_by: aborted ? 'v8-heap-limit' : 'kernel-oom-kill',
        known_by: aborted
          ? 'a diagnostic report of this process on the shared volume'
          : 'the cgroup counted an oom kill (memory.oom_control), and the process ended with 137',
        inferred: false,
        exit_status: aborted ? 134 : 137,
        signal: aborted ? 'SIGABRT' : 'SIGKILL',
        last_usage_bytes: 254.6 * MB,
        limit_bytes: 256 * MB,
        top_line: cacheLine(178 * MB),
      };
    })
    .toReversed();
}

export function deathOf(
  summary: DeathSummary,
  samples: Death['samples'],
  last: Sample,
  begun_ms: number,
): Death {
  const from = summary.time_ms - 60_000;
  return {
    ...summary,
    samples,
    events: eventsUntil(summary.time_ms, begun_ms).filter(({ time_ms }) => time_ms >= from),
    in_flight: [
      { method: 'GET', path: '/api/data', age_seconds: 0.412 },
      { method: 'POST', path: '/api/ingest', age_seconds: 0.087 },
    ],
    allocations: allocations(last, begun_ms, from),
    bytes_per_request: { low: 16_301, value: 16_589, high: 16_870 },
    bytes_per_second: { low: 3.02 * MB, value: 3.16 * MB, high: 3.28 * MB },
    report:
      summary.ended_by === 'v8-heap-limit'
        ? {
            file: 'reports/report.demo.json',
            trigger: 'OOMError',
            javascript_stack: [
              'at ResponseCache.handle (src/features/response-cache.ts:29:21)',
              'at Switchboard.handle (src/leaks/switchboard.ts:74:15)',
              'at data (src/api/data.ts:12:9)',
            ],
          }
        : null,
    leaks: leakStates(last, begun_ms),
  };
}
