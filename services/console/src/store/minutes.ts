import { sampleColumns } from '../api/contract.ts';
import type { Database } from './database.ts';

export const minute_ms = 60_000;

/** Longer spans are read from the minutes, at least in part: no reading of the record may hold up the next sample. */
export const longestOfSeconds_ms = 2 * 3_600_000;

const numbers = sampleColumns.filter((column) => column !== 'time_ms');

const rollUp = `INSERT OR REPLACE INTO sample_minutes
  SELECT time_ms / ${minute_ms} * ${minute_ms}, count(*), ${numbers.map((name) => `min(${name}), max(${name})`).join(', ')}
  FROM samples WHERE time_ms >= ? AND time_ms < ? GROUP BY time_ms / ${minute_ms}`;

/** Sums up the minutes that are over since the last one summed up, at most `most` hours of them; whether some are left. */
export function rollUpMinutes(database: Database, now_ms: number, mostHours = 1): boolean {
  const last = database.get('SELECT max(minute_ms) AS minute FROM sample_minutes')?.['minute'];
  const from = typeof last === 'number' ? last + minute_ms : 0;
  const first = database.get('SELECT min(time_ms) AS time FROM samples WHERE time_ms >= ?', from)?.['time'];
  if (typeof first !== 'number') return false;
  const over_ms = now_ms - (now_ms % minute_ms);
  const begin = first - (first % minute_ms);
  const end = Math.min(over_ms, begin + mostHours * 60 * minute_ms);
  if (begin >= end) return false;
  database.run(rollUp, begin, end);
  return end < over_ms;
}

const selectMinutes = `SELECT minute_ms, ${numbers.map((name) => `${name}_low, ${name}_high`).join(', ')}
  FROM sample_minutes WHERE minute_ms BETWEEN ? AND ? ORDER BY minute_ms`;

/** Minutes as two rows of `sampleColumns` each: all that was lowest, then all that was highest. */
export function* minuteRows(
  database: Database,
  from_ms: number,
  to_ms: number,
): Generator<(number | null)[]> {
  for (const row of database.arrays(selectMinutes, from_ms - (from_ms % minute_ms), to_ms)) {
    const [minute = 0] = row as number[];
    const low: (number | null)[] = [minute + minute_ms / 4];
    const high: (number | null)[] = [minute + (minute_ms * 3) / 4];
    for (let index = 1; index < row.length; index += 2) {
      low.push(row[index] ?? null);
      high.push(row[index + 1] ?? null);
    }
    yield low;
    yield high;
  }
}

/** When the minutes summed up end; 0 where there are none. */
export function minutesEnd(database: Database): number {
  const last = database.get('SELECT max(minute_ms) AS minute FROM sample_minutes')?.['minute'];
  return typeof last === 'number' ? last + minute_ms : 0;
}
