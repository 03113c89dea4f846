import type { EventKind, LabEvent, Sample } from '../../src/api/contract.ts';

/** A made-up service's days: load, a leak, a death, the return, and again. Times are seconds into one round. */
const round = { seconds: 240, load: 40, leak: 78, death: 138, back: 142, quiet: 205 } as const;

const MB = 1024 ** 2;
const limit_bytes = 256 * MB;
const kept_bytes = 16_589;
const perSecond = 200;

/** What the recorder would have written at `time_ms`; `null` while the service is dead. */
export function sampleAt(time_ms: number, begun_ms: number): Sample | null {
  const { turn, at } = placeOf(time_ms, begun_ms);
  if (at >= round.death && at < round.back) return null;
  const loaded = at >= round.load && at < round.quiet;
  const leaked = at >= round.leak && at < round.death ? (at - round.leak) * perSecond * kept_bytes : 0;
  const noise = (salt: number) => hash(Math.floor(time_ms / 1000) + salt) - 0.5;
  const saw = loaded ? ((at * 7.3) % 10) / 10 : ((at * 0.9) % 10) / 10;
  const young = (loaded ? 9 : 2) * MB * saw;
  const heap = 21 * MB + leaked + young + noise(1) * 0.3 * MB;
  const external = 3.4 * MB + noise(2) * 0.1 * MB;
  const rss = 64 * MB + (loaded ? 14 * MB : 0) + leaked * 1.03 + young * 0.4 + noise(3) * 0.5 * MB;
  const rate = loaded ? perSecond + noise(4) * 6 : 0;
  const pressure = leaked / limit_bytes;
  const gcShare = loaded ? 0.012 + 0.22 * pressure ** 3 + 0.01 * hash(time_ms + 5) : 0.001;
  const p50 = 0.0101 + noise(6) * 0.0003;
  return {
    time_ms,
    pid: pidOf(turn, at),
    limit_bytes,
    usage_bytes: Math.min(limit_bytes, rss - 2 * MB),
    rss_bytes: rss,
    heap_used_bytes: heap,
    heap_total_bytes: heap * 1.1,
    heap_after_gc_bytes: 20.5 * MB + Math.floor(leaked / (9 * MB)) * 9 * MB,
    external_bytes: external,
    array_buffers_bytes: external * 0.4,
    new_space_bytes: young,
    old_space_bytes: heap - young,
    large_object_space_bytes: 0.4 * MB,
    other_spaces_bytes: 3 * MB,
    event_loop_delay_p50_seconds: p50,
    event_loop_delay_p99_seconds: p50 + 0.002 + gcShare * 0.12 + hash(time_ms + 7) * 0.003,
    event_loop_utilization: loaded ? 0.17 + 0.25 * pressure + noise(8) * 0.02 : 0.005,
    cpu_seconds_per_second: loaded ? 0.22 + 0.3 * pressure + noise(9) * 0.03 : 0.01,
    gc_minor_per_second: loaded ? 2 : 0,
    gc_major_per_second: loaded && Math.floor(at) % Math.max(2, 9 - Math.floor(pressure * 8)) === 0 ? 1 : 0,
    gc_seconds_per_second: gcShare,
    requests_per_second: rate,
    errors_per_second: 0,
    requests_total: Math.round(
      Math.max(0, Math.min(at, round.quiet) - (at >= round.back ? round.back : round.load)) * perSecond,
    ),
    in_flight: loaded ? Math.round(2 + noise(10) * 2) : 0,
    open_sockets: loaded ? 24 : 2,
    pending_jobs: 0,
  };
}

/** Where in its round a time lies. */
export function placeOf(time_ms: number, begun_ms: number): { turn: number; at: number } {
  const seconds = (time_ms - begun_ms) / 1000;
  const turn = Math.floor(seconds / round.seconds);
  return { turn, at: seconds - turn * round.seconds };
}

/** What happened from the beginning to `time_ms`. */
export function eventsUntil(time_ms: number, begun_ms: number): LabEvent[] {
  const { turn } = placeOf(time_ms, begun_ms);
  const plan: [number, EventKind, string][] = [
    [round.load, 'load_begin', 'Load begins: 200 requests a second'],
    [round.leak, 'leak_on', 'cache is on, 16,384 bytes a request'],
    [round.leak + 8, 'snapshot', 'Snapshot 1: 38.1 MB in 0.9 s'],
    [round.leak + 24, 'snapshot', 'Snapshot 2: 71.4 MB in 1.4 s'],
    [round.leak + 41, 'snapshot_refused', 'Snapshot refused: it would not fit'],
    [round.death, 'death', 'Process died: killed by the kernel for want of memory'],
    [round.back, 'start', 'The service is back'],
    [round.quiet, 'load_end', 'Load ends'],
  ];
  const events = Array.from({ length: turn + 1 }, (_, i) => i).flatMap((i) =>
    plan.map(([at, kind, title], j) => ({
      id: i * 10 + j + 1,
      time_ms: begun_ms + (i * round.seconds + at) * 1000,
      kind,
      title,
      details: {},
    })),
  );
  return events.filter((event) => event.time_ms <= time_ms);
}

export function pidOf(turn: number, at: number): number {
  return 20_100 + turn * 31 + (at >= round.back ? 31 : 0);
}

export const demoRound = round;

function hash(value: number): number {
  let x = Math.imul(Math.floor(value) ^ 0x9e3779b9, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}
