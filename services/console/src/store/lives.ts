import type { Database, Row } from './database.ts';

/** One process of the service, as the console saw it. */
export interface Life {
  readonly id: number;
  readonly pid: number;
  readonly started_at_ms: number;
  /** By the console's record. */
  readonly first_seen_ms: number;
  readonly last_seen_ms: number;
  readonly ended_at_ms: number | null;
}

export function insertLife(database: Database, life: Life): void {
  const sql = `INSERT INTO lives (id, pid, started_at_ms, first_seen_ms, last_seen_ms, ended_at_ms) VALUES (?, ?, ?, ?, ?, ?)`;
  const { id, pid, started_at_ms, first_seen_ms, last_seen_ms, ended_at_ms } = life;
  database.run(sql, id, pid, Math.round(started_at_ms), first_seen_ms, last_seen_ms, ended_at_ms);
}

/** Notes that a life was seen, and the last that it said of itself. */
export function touchLife(database: Database, id: number, seen_ms: number, reading: string): void {
  database.run('UPDATE lives SET last_seen_ms = ?, last_reading = ? WHERE id = ?', seen_ms, reading, id);
}

export function endLife(database: Database, id: number, ended_at_ms: number | null): void {
  database.run('UPDATE lives SET ended_at_ms = ? WHERE id = ?', ended_at_ms, id);
}

/** The life seen last, ended or not. */
export function lastLife(database: Database): Life | undefined {
  const row = database.get('SELECT * FROM lives ORDER BY last_seen_ms DESC, id DESC LIMIT 1');
  return row && toLife(row);
}

/** The newest lives of a process id; pids come again. */
export function livesOfPid(database: Database, pid: number): Life[] {
  return database.all('SELECT * FROM lives WHERE pid = ? ORDER BY id DESC LIMIT 20', pid).map(toLife);
}

export function readLife(database: Database, id: number): Life | undefined {
  const row = database.get('SELECT * FROM lives WHERE id = ?', id);
  return row && toLife(row);
}

/** What the life said last, as it came; `undefined` where it never did. */
export function lastReadingOf(database: Database, id: number): unknown {
  const text = database.get('SELECT last_reading FROM lives WHERE id = ?', id)?.['last_reading'];
  return typeof text === 'string' ? JSON.parse(text) : undefined;
}

function toLife(row: Row): Life {
  return {
    id: Number(row['id']),
    pid: Number(row['pid']),
    started_at_ms: Number(row['started_at_ms']),
    first_seen_ms: Number(row['first_seen_ms']),
    last_seen_ms: Number(row['last_seen_ms']),
    ended_at_ms: row['ended_at_ms'] === null ? null : Number(row['ended_at_ms']),
  };
}
