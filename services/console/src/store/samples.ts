import { type Sample, sampleColumns } from '../api/contract.ts';
import type { Database } from './database.ts';

/** What estimates and verdicts need and the page does not. */
const unseenColumns = [
  'external_after_gc_bytes',
  'major_gc_count',
  'failed_total',
  'events_total',
  'connections_total',
  'payload_bytes_total',
  'remote_bytes',
  'remote_limit_bytes',
  'upstream_busy',
  'calls_total',
  'calls_unfinished',
  'remote_keys',
  'remote_keys_with_expiry',
] as const;

export type RecordedSample = Sample & Readonly<Record<(typeof unseenColumns)[number], number | null>>;

export const recordedColumns = [...sampleColumns, ...unseenColumns] as const;
const insert = `INSERT OR REPLACE INTO samples (life, ${recordedColumns.join(', ')})
  VALUES (?, ${recordedColumns.map(() => '?').join(', ')})`;

export function insertSample(database: Database, life: number, sample: RecordedSample): void {
  database.run(insert, life, ...recordedColumns.map((column) => sample[column]));
}

const selectRows = `SELECT ${sampleColumns.join(', ')} FROM samples WHERE time_ms BETWEEN ? AND ? ORDER BY time_ms`;

/** Samples from `from_ms` to `to_ms` as rows of `sampleColumns`, oldest first. */
export function sampleRows(database: Database, from_ms: number, to_ms: number): Iterable<(number | null)[]> {
  return database.arrays(selectRows, from_ms, to_ms);
}

/** The samples of one life from `from_ms` on, oldest first. */
export function samplesOfLife(
  database: Database,
  life: number,
  from_ms: number,
  to_ms: number,
): RecordedSample[] {
  const sql = `SELECT ${recordedColumns.join(', ')} FROM samples WHERE life = ? AND time_ms BETWEEN ? AND ? ORDER BY time_ms`;
  return database.all(sql, life, from_ms, to_ms) as unknown as RecordedSample[];
}

/** The times of the first and the last sample, or `undefined` where there is none. */
export function recordedSpan(database: Database): { first_ms: number; last_ms: number } | undefined {
  const row = database.get(
    `SELECT (SELECT min(time_ms) FROM samples) AS first, (SELECT max(time_ms) FROM samples) AS last,
            (SELECT min(minute_ms) FROM sample_minutes) AS first_minute, (SELECT max(minute_ms) FROM sample_minutes) AS last_minute`,
  );
  const first = row?.['first_minute'] ?? row?.['first'];
  const last = row?.['last'] ?? row?.['last_minute'];
  if (typeof first !== 'number' || typeof last !== 'number') return undefined;
  return { first_ms: Math.min(first, Number(row?.['first'] ?? first)), last_ms: last };
}
