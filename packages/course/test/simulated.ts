import type { Sample } from '@leak-lab/leak-verdict';
import type { Evidence, RecordedDeath } from '../src/evidence.ts';

export const MB: number = 1024 ** 2;
export const begun_seconds = 1_000;
const idleHeap_bytes = 16 * MB;
const idleUse_bytes = 40 * MB;
const external_bytes = 4 * MB;

const remoteLimit_bytes = 64 * MB;

/** A stretch of the life of a service. */
export interface Phase {
  readonly seconds: number;
  readonly per_second: number;
  /** What stays of each request. */
  readonly bytes_per_request?: number;
  /** Whether what stays lies outside of the heap. */
  readonly outside?: boolean;
  /** What each request brings. */
  readonly body_bytes?: number;
  /** One request in so many begins a call that never ends. */
  readonly endless_one_in?: number;
  /** Reloads a second, and what stays of each. */
  readonly reloads?: number;
  readonly bytes_per_reload?: number;
  /** Keys a second that the other server is given, and how much each takes there. */
  readonly keys?: number;
  readonly bytes_per_key?: number;
  /** What each second adds, whoever asks. */
  readonly bytes_per_second?: number;
  /** Seconds from one collection of all garbage to the next; 0: none. */
  readonly collected_each?: number;
  /** Another process from here on: all counters begin anew. */
  readonly restarted?: boolean;
}

/** A sample a second of a service that lives so, from the begin of the lab on. */
export function samplesOf(phases: readonly Phase[]): Sample[] {
  const samples: Sample[] = [];
  let [time_seconds, process, requests_total, held, full_gc_total, after] = [begun_seconds, 1, 0, 0, 0, 0];
  // The other server lives on when this one ends.
  let [events_total, remote_keys, remote_bytes] = [0, 0, MB];
  let [outside, outsideAfter, payload_bytes_total, calls] = [0, 0, 0, 0];
  for (const phase of phases) {
    if (phase.restarted) {
      [process, requests_total, held, full_gc_total, after] = [process + 1, 0, 0, 0, 0];
      events_total = 0;
      [outside, outsideAfter, payload_bytes_total, calls] = [0, 0, 0, 0];
    }
    const { collected_each = 5, bytes_per_request = 0, bytes_per_second = 0 } = phase;
    const { reloads = 0, bytes_per_reload = 0, keys = 0, bytes_per_key = 0 } = phase;
    for (let second = 0; second < phase.seconds; second += 1) {
      if (collected_each > 0 && second % collected_each === collected_each - 1) {
        full_gc_total += 1;
        after = held;
        outsideAfter = outside;
      }
      samples.push({
        time_seconds,
        process,
        requests_total,
        full_gc_total,
        heap_bytes: idleHeap_bytes + held + ((second * 7) % 5) * MB,
        heap_after_gc_bytes: idleHeap_bytes + after,
        external_after_gc_bytes: external_bytes + outsideAfter,
        resident_bytes: 90 * MB + held + outside,
        used_bytes: idleUse_bytes + held + outside,
        payload_bytes_total,
        outgoing_connections: Math.floor(calls),
        calls_total: Math.floor(calls),
        calls_unfinished: Math.floor(calls),
        events_total,
        remote_bytes,
        remote_limit_bytes: remoteLimit_bytes,
        remote_keys,
        remote_keys_with_expiry: 0,
      });
      time_seconds += 1;
      requests_total += phase.per_second;
      events_total += reloads;
      const stays = phase.per_second * bytes_per_request;
      payload_bytes_total += phase.per_second * (phase.body_bytes ?? 0);
      calls += phase.endless_one_in === undefined ? 0 : phase.per_second / phase.endless_one_in;
      if (phase.outside) outside += stays;
      held += (phase.outside ? 0 : stays) + bytes_per_second + reloads * bytes_per_reload;
      const taken = Math.min(keys, Math.floor((remoteLimit_bytes - remote_bytes) / (bytes_per_key || MB)));
      remote_keys += taken;
      remote_bytes += taken * bytes_per_key;
    }
  }
  return samples;
}

/** What was recorded of such a service; by default something happens from the begin on. */
export function evidenceOf(phases: readonly Phase[], known: Partial<Evidence> = {}): Evidence {
  const samples = samplesOf(phases);
  return {
    now_ms: (samples.at(-1)?.time_seconds ?? begun_seconds) * 1000,
    begun_ms: begun_seconds * 1000,
    incident: { leaks: [{ id: 'cache', bytes_per_request: 1 }], onset_seconds: 0 },
    onset_ms: begun_seconds * 1000,
    traffic_per_second: phases.at(-1)?.per_second ?? 0,
    service_is_up: true,
    limit_bytes: 256 * MB,
    samples,
    deaths: [],
    events: [],
    lines: () => [],
    diff: () => null,
    patients: [],
    tries: [],
    ...known,
  };
}

/** An end of the first process, so many seconds after the lab began. */
export const deathAt = (seconds: number, known: Partial<RecordedDeath> = {}): RecordedDeath => ({
  time_ms: (begun_seconds + seconds) * 1000,
  pid: 7,
  ended_by: 'kernel-oom-kill',
  exit_status: 137,
  signal: 'SIGKILL',
  uptime_seconds: seconds,
  left_report: false,
  ...known,
});
