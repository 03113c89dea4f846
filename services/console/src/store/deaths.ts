import { deflateSync, inflateSync } from 'node:zlib';
import { type Death, type DeathSummary, endedByMemory } from '../api/contract.ts';
import type { Database } from './database.ts';

const noticedWithin_ms = 15_000;

/** Writes a death down, or what is known of it now; there is one for each life. */
export function saveDeath(database: Database, life: number, death: Death): void {
  const sql = `INSERT INTO deaths (id, life, time_ms, summary, box) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (life) DO UPDATE SET time_ms = excluded.time_ms, summary = excluded.summary, box = excluded.box`;
  database.run(
    sql,
    death.id,
    life,
    death.time_ms,
    JSON.stringify(summaryOf(death)),
    deflateSync(JSON.stringify(death)),
  );
}

export function deleteDeath(database: Database, life: number): void {
  database.run('DELETE FROM deaths WHERE life = ?', life);
}

/** Newest first. */
export function listDeaths(database: Database, most = 500): DeathSummary[] {
  return database
    .all('SELECT summary FROM deaths ORDER BY time_ms DESC, id DESC LIMIT ?', most)
    .map((row) => JSON.parse(String(row['summary'])));
}

export function countDeaths(database: Database): number {
  return Number(database.get('SELECT count(*) AS deaths FROM deaths')?.['deaths'] ?? 0);
}

/** How lives ended that were seen in a span of time, by the number of the life: by the memory's limit or otherwise. */
export function endingsBetween(
  database: Database,
  from_ms: number,
  to_ms: number,
): ReadonlyMap<number, 'killed' | 'stopped'> {
  const sql = 'SELECT life, summary FROM deaths WHERE time_ms BETWEEN ? AND ?';
  return new Map(
    // A death is noticed a moment after the last sample of its life.
    database.all(sql, from_ms, to_ms + noticedWithin_ms).map(({ life, summary }) => {
      const { ended_by } = JSON.parse(String(summary)) as DeathSummary;
      return [Number(life), endedByMemory.has(ended_by) ? 'killed' : 'stopped'];
    }),
  );
}

export function readDeath(database: Database, id: number): Death | undefined {
  return unpacked(database.get('SELECT box FROM deaths WHERE id = ?', id)?.['box']);
}

export function deathOfLife(database: Database, life: number): Death | undefined {
  return unpacked(database.get('SELECT box FROM deaths WHERE life = ?', life)?.['box']);
}

function unpacked(box: unknown): Death | undefined {
  return box instanceof Uint8Array ? JSON.parse(inflateSync(box).toString('utf8')) : undefined;
}

/** A death without the minute before it. */
export function summaryOf(death: Death): DeathSummary {
  const {
    samples,
    events,
    in_flight,
    allocations,
    bytes_per_request,
    bytes_per_second,
    report,
    leaks,
    ...summary
  } = death;
  return summary;
}
