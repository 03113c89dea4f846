import { minute_ms, rollUpMinutes } from './minutes.ts';
import type { Store } from './store.ts';

const hour_ms = 60 * minute_ms;
const day_ms = 24 * hour_ms;

/** How long what is kept, ms. In memory there is less room than on a disk. */
export const kept_ms = {
  file: { seconds: day_ms, minutes: 30 * day_ms },
  memory: { seconds: 2 * hour_ms, minutes: day_ms },
} as const;

/** Rows deleted at once: some milliseconds, so that no sample waits. */
const mostAtOnce = 2_000;

/**
 * Sums up the minutes that are over and forgets what is older than it is kept: seconds and allocation profiles after a
 * day, minutes, events and lives after thirty. Deaths are kept. A little at a time; call it each second.
 */
export function keepWithin({ database, writer, keptIn }: Store, now_ms: number): void {
  const { seconds, minutes } = kept_ms[keptIn];
  writer.write(() => {
    // What is not summed up yet is not forgotten.
    if (rollUpMinutes(database, now_ms)) return;
    forget(now_ms - seconds, 'samples', 'time_ms');
    forget(now_ms - seconds, 'allocation_profiles', 'time_ms');
    forget(now_ms - minutes, 'sample_minutes', 'minute_ms');
    forget(now_ms - minutes, 'events', 'time_ms');
    forget(now_ms - minutes, 'lives', 'last_seen_ms');
  });

  function forget(before_ms: number, table: string, column: string): void {
    const oldest = `SELECT rowid FROM ${table} WHERE ${column} < ? LIMIT ${mostAtOnce}`;
    database.run(`DELETE FROM ${table} WHERE rowid IN (${oldest})`, before_ms);
  }
}
