import { describe, expect, it } from 'vitest';
import { sampleColumns } from '../api/contract.ts';
import { Database } from './database.ts';
import { minute_ms, rollUpMinutes } from './minutes.ts';
import { openInMemory } from './open.ts';
import { insertSample, type RecordedSample } from './samples.ts';
import { readSeries } from './series.ts';

const begin_ms = 1_790_000_000_000 - (1_790_000_000_000 % minute_ms);

/** A record of `seconds` samples from `begin_ms` on, whose minutes are summed up. */
function recorded(seconds: number): Database {
  const database = new Database(openInMemory());
  const empty = Object.fromEntries(sampleColumns.map((column) => [column, null]));
  for (let second = 0; second < seconds; second += 1) {
    const sample = { ...empty, time_ms: begin_ms + second * 1_000, usage_bytes: second };
    insertSample(database, 1, {
      ...sample,
      external_after_gc_bytes: null,
      major_gc_count: null,
    } as unknown as RecordedSample);
  }
  rollUpMinutes(database, begin_ms + seconds * 1_000);
  return database;
}

describe('a series', () => {
  it('has each second of a record that began within its span', () => {
    const series = readSeries(recorded(190), begin_ms - 5 * minute_ms, begin_ms + 200_000, 600);
    expect(series.step_seconds).toBe(1);
    expect(series.columns.usage_bytes).toEqual(Array.from({ length: 190 }, (_, second) => second));
  });

  it('goes by minutes where the seconds have been forgotten', () => {
    const database = recorded(190);
    database.run('DELETE FROM samples WHERE time_ms < ?', begin_ms + 2 * minute_ms);
    const { step_seconds, columns } = readSeries(database, begin_ms, begin_ms + 200_000, 600);
    expect(step_seconds).toBe(30);
    expect(columns.usage_bytes.slice(0, 4)).toEqual([0, 59, 60, 119]);
  });
});
