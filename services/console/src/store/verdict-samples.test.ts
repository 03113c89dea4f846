import { verdictOf } from '@leak-lab/leak-verdict';
import { expect, it } from 'vitest';
import { Database } from './database.ts';
import { insertLife } from './lives.ts';
import { rollUpMinutes } from './minutes.ts';
import { openInMemory } from './open.ts';
import { insertSample, type RecordedSample, recordedColumns } from './samples.ts';
import { verdictSamples } from './verdict-samples.ts';

const megabyte = 2 ** 20;
const second_ms = 1_000;
const hour_seconds = 3_600;
const begin_ms = 1_760_000_040_000;
const blank = Object.fromEntries(
  recordedColumns.map((column) => [column, null]),
) as unknown as RecordedSample;

/** A service that leaks 2,000 bytes a request at 1 request a second, recorded for so long; its first collection is past. */
function recordOf(length_seconds: number, bytes_per_request = 2_000): Database {
  const database = new Database(openInMemory());
  const last_seen_ms = begin_ms + (length_seconds - 1) * second_ms;
  insertLife(database, {
    id: 7,
    pid: 42,
    started_at_ms: begin_ms,
    first_seen_ms: begin_ms,
    last_seen_ms,
    ended_at_ms: null,
  });
  database.transaction(() => {
    for (let second = 0; second < length_seconds; second += 1) {
      const held = 20 * megabyte + second * bytes_per_request;
      insertSample(database, 7, {
        ...blank,
        time_ms: begin_ms + second * second_ms,
        pid: 42,
        requests_total: second,
        heap_used_bytes: held + (second % 20) * 100_000,
        heap_total_bytes: held + 4 * megabyte,
        heap_after_gc_bytes: held - (second % 20) * bytes_per_request,
        external_bytes: 3 * megabyte,
        external_after_gc_bytes: 3 * megabyte,
        major_gc_count: Math.floor(second / 20),
        usage_bytes: held + 40 * megabyte,
        limit_bytes: 256 * megabyte,
      });
    }
  });
  while (rollUpMinutes(database, last_seen_ms, 24));
  return database;
}

it('reads a short window by seconds and tells the leak in it', () => {
  const database = recordOf(1.5 * hour_seconds, 40_000);
  const samples = verdictSamples(database, begin_ms, begin_ms + 1.5 * hour_seconds * second_ms);
  expect(samples).toHaveLength(1.5 * hour_seconds);
  const { finding, bytes_per_unit } = verdictOf(samples);
  expect(finding).toBe('leak');
  expect((bytes_per_unit?.value ?? 0) / 40_000).toBeCloseTo(1, 1);
});

it('reads what is older than two hours by minutes, in one line with the seconds', () => {
  const database = recordOf(8 * hour_seconds, 6_000);
  const to_ms = begin_ms + 8 * hour_seconds * second_ms;
  const samples = verdictSamples(database, begin_ms, to_ms);
  expect(samples.length).toBeGreaterThan(2 * hour_seconds + 6 * 60 - 3);
  expect(samples.length).toBeLessThan(2 * hour_seconds + 6 * 60 + 3);
  const times = samples.map(({ time_seconds }) => time_seconds);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  const { finding, bytes_per_unit } = verdictOf(samples);
  expect(finding).toBe('leak');
  expect((bytes_per_unit?.value ?? 0) / 6_000).toBeCloseTo(1, 1);
});

it('leaves out a minute in which one life followed another', () => {
  const database = recordOf(4 * hour_seconds);
  database.run('UPDATE lives SET first_seen_ms = ?', begin_ms + 600_000);
  const samples = verdictSamples(database, begin_ms, begin_ms + 4 * hour_seconds * second_ms);
  expect(samples[0]?.time_seconds).toBeGreaterThanOrEqual((begin_ms + 600_000) / 1000);
});
