import type { Reading } from '../service/reading.ts';
import type { RecordedSample } from '../store/samples.ts';

const named = new Set(['new_space', 'old_space', 'large_object_space']);

/** One reading as a row of the record; rates are against the reading before of the same life, if there was one. */
export function toSample(reading: Reading, before: Reading | undefined, time_ms: number): RecordedSample {
  const { process: memory, container, spaces, event_loop, requests, resources } = reading;
  const seconds = before === undefined ? 0 : reading.uptime_seconds - before.uptime_seconds;
  const rate = (read: (of: Reading) => number | null | undefined): number | null => {
    const now = read(reading);
    const then = before && read(before);
    if (now == null || then == null || seconds <= 0) return null;
    return Math.max(0, (now - then) / seconds);
  };
  const others = Object.entries(spaces).filter(([name]) => !named.has(name));
  return {
    time_ms,
    pid: reading.pid,
    limit_bytes: container?.limit_bytes ?? null,
    usage_bytes: container?.working_set_bytes ?? memory.rss_bytes,
    rss_bytes: memory.rss_bytes,
    heap_used_bytes: memory.heap_used_bytes,
    heap_total_bytes: memory.heap_total_bytes,
    heap_after_gc_bytes: reading.heap_used_after_gc_bytes,
    external_bytes: memory.external_bytes,
    array_buffers_bytes: memory.array_buffers_bytes,
    new_space_bytes: spaces['new_space'] ?? null,
    old_space_bytes: spaces['old_space'] ?? null,
    large_object_space_bytes: spaces['large_object_space'] ?? null,
    other_spaces_bytes: others.length > 0 ? others.reduce((sum, [, bytes]) => sum + bytes, 0) : null,
    event_loop_delay_p50_seconds: event_loop?.delay_p50_seconds ?? null,
    event_loop_delay_p99_seconds: event_loop?.delay_p99_seconds ?? null,
    event_loop_utilization: event_loop?.utilization ?? null,
    cpu_seconds_per_second: rate(({ process }) => process.cpu_seconds),
    gc_minor_per_second: rate(({ gc }) => gc?.minor.count),
    gc_major_per_second: rate(({ gc }) => gc?.major.count),
    gc_seconds_per_second: rate(
      ({ gc }) => gc && gc.minor.seconds + gc.major.seconds + (gc.incremental?.seconds ?? 0),
    ),
    requests_per_second: rate((of) => of.requests?.total),
    errors_per_second: rate((of) => of.requests?.errors),
    requests_total: requests?.total ?? null,
    in_flight: requests?.in_flight ?? null,
    open_sockets: resources?.open_sockets ?? null,
    pending_jobs: resources?.pending_jobs ?? null,
    external_after_gc_bytes: reading.external_after_gc_bytes,
    major_gc_count: reading.major_gc_count,
    failed_total: requests?.errors ?? null,
    events_total: reading.reloads_total,
    connections_total: resources?.upstream_connections_opened_total ?? null,
    payload_bytes_total: requests?.body_bytes_total ?? null,
    remote_bytes: reading.remote?.used_memory_bytes ?? null,
    remote_limit_bytes: reading.remote?.limit_bytes ?? null,
    upstream_busy: resources?.upstream_connections_busy ?? null,
    calls_total: resources?.upstream_calls_total ?? null,
    calls_unfinished: resources?.upstream_calls_unfinished ?? null,
    remote_keys: reading.remote?.keys ?? null,
    remote_keys_with_expiry: reading.remote?.keys_with_expiry ?? null,
  };
}
