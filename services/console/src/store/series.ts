import { type SampleColumn, type SampleSeries, sampleColumns } from '../api/contract.ts';
import type { Database } from './database.ts';
import { downsample, type SeriesRow } from './downsample.ts';
import { longestOfSeconds_ms, minute_ms, minuteRows, minutesEnd } from './minutes.ts';
import { sampleRows } from './samples.ts';

const second_ms = 1_000;
const halfMinute_ms = 30_000;

/** What was recorded from `from_ms` to `to_ms`, in at most about `points` rows. */
export function readSeries(database: Database, from_ms: number, to_ms: number, points: number): SampleSeries {
  const bySeconds = to_ms - from_ms <= longestOfSeconds_ms && !onlyMinutesReach(database, from_ms);
  const rows = bySeconds
    ? [...sampleRows(database, from_ms, to_ms)]
    : rowsOfMinutes(database, from_ms, to_ms);
  const step_ms = bySeconds ? second_ms : halfMinute_ms;
  const thinned = downsample(rows, from_ms, to_ms, points, step_ms);
  return { from_ms, to_ms, step_seconds: thinned.step_seconds, columns: inColumns(thinned.rows) };
}

/** Whether something at or after `from_ms` is left as minutes only, since its seconds have been forgotten. */
function onlyMinutesReach(database: Database, from_ms: number): boolean {
  const oldest = database.get('SELECT min(time_ms) AS oldest FROM samples')?.['oldest'];
  if (typeof oldest !== 'number') return minutesEnd(database) > from_ms;
  if (from_ms >= oldest) return false;
  const minute = database.get(
    'SELECT min(minute_ms) AS minute FROM sample_minutes WHERE minute_ms >= ?',
    from_ms - (from_ms % minute_ms),
  )?.['minute'];
  return typeof minute === 'number' && minute < oldest - (oldest % minute_ms);
}

/** Minutes, then the seconds that are not summed up yet, as two rows for each minute too. */
function rowsOfMinutes(database: Database, from_ms: number, to_ms: number): SeriesRow[] {
  const rows: SeriesRow[] = [...minuteRows(database, from_ms, to_ms)];
  const rest_ms = Math.max(from_ms, minutesEnd(database));
  if (rest_ms <= to_ms) {
    const rest = [...sampleRows(database, rest_ms, Math.min(to_ms, rest_ms + longestOfSeconds_ms))];
    const span_ms = Math.min(to_ms, rest_ms + longestOfSeconds_ms) - rest_ms;
    const points = Math.max(2, Math.ceil(span_ms / halfMinute_ms));
    rows.push(...downsample(rest, rest_ms, rest_ms + span_ms, points, second_ms).rows);
  }
  return rows;
}

export function inColumns(rows: readonly SeriesRow[]): SampleSeries['columns'] {
  return Object.fromEntries(
    sampleColumns.map((name, index) => [name, rows.map((row) => row[index] ?? null)]),
  ) as Record<SampleColumn, (number | null)[]>;
}
