import type { Sample } from '@leak-lab/leak-verdict';
import type { Database } from './database.ts';
import { longestOfSeconds_ms, minute_ms, minutesEnd } from './minutes.ts';

const seconds = `SELECT time_ms, life, requests_total, failed_total, events_total, connections_total, payload_bytes_total,
    heap_used_bytes, heap_total_bytes, external_bytes, heap_after_gc_bytes, external_after_gc_bytes, major_gc_count,
    rss_bytes, usage_bytes, limit_bytes, open_sockets, remote_bytes, remote_limit_bytes, upstream_busy, calls_total, calls_unfinished,
    remote_keys, remote_keys_with_expiry
  FROM samples WHERE time_ms BETWEEN ? AND ? ORDER BY time_ms`;

/** Of a minute its least: what is held then, and how far the counters were when it began. Only minutes of one life. */
const minutes = `SELECT minute_ms, lives.id, requests_total_low, NULL, NULL, NULL, NULL,
    heap_used_bytes_low, heap_total_bytes_low, external_bytes_low, heap_after_gc_bytes_low, external_bytes_low, NULL,
    rss_bytes_low, usage_bytes_low, limit_bytes_low, open_sockets_low, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM sample_minutes JOIN lives ON first_seen_ms <= minute_ms AND last_seen_ms >= minute_ms + ${minute_ms - 1_000}
  WHERE minute_ms >= ? AND minute_ms < ? ORDER BY minute_ms`;

/**
 * What was recorded from `from_ms` to `to_ms` as a verdict reads it: the last two hours by seconds, what was before by
 * minutes.
 */
export function verdictSamples(database: Database, from_ms: number, to_ms: number): Sample[] {
  const oldest = database.get('SELECT min(time_ms) AS oldest FROM samples')?.['oldest'];
  const begin_ms = Math.max(
    from_ms,
    to_ms - longestOfSeconds_ms,
    typeof oldest === 'number' ? oldest : to_ms,
  );
  const beforeThat = from_ms < begin_ms ? Math.min(begin_ms, minutesEnd(database)) : from_ms;
  return [
    ...toSamples(database.arrays(minutes, from_ms, beforeThat - minute_ms)),
    ...toSamples(database.arrays(seconds, begin_ms, to_ms)),
  ];
}

function* toSamples(rows: Iterable<(number | null)[]>): Generator<Sample> {
  for (const row of rows) {
    const [time_ms, process, requests_total, failed_total, events_total, connections_total, payload] = row;
    const [heap_bytes, committed, external_bytes, heapAfter, externalAfter, fullGcs] = row.slice(7);
    const [resident_bytes, used_bytes, limit_bytes, open_sockets, remote_bytes, remote_limit_bytes] =
      row.slice(13);
    const [outgoing_connections, calls_total, calls_unfinished, remote_keys, withExpiry] = row.slice(19);
    yield {
      time_seconds: (time_ms ?? 0) / 1000,
      process,
      requests_total,
      failed_total,
      events_total,
      connections_total,
      payload_bytes_total: payload,
      heap_bytes,
      heap_committed_bytes: committed,
      external_bytes,
      heap_after_gc_bytes: heapAfter,
      external_after_gc_bytes: externalAfter,
      full_gc_total: fullGcs,
      resident_bytes,
      used_bytes,
      limit_bytes,
      open_sockets,
      remote_bytes,
      remote_limit_bytes,
      outgoing_connections,
      calls_total,
      calls_unfinished,
      remote_keys,
      remote_keys_with_expiry: withExpiry,
    };
  }
}
