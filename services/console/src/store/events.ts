import type { EventKind, LabEvent } from '../api/contract.ts';
import type { Database, Row } from './database.ts';

export function insertEvent(database: Database, { id, time_ms, kind, title, details }: LabEvent): void {
  const sql = 'INSERT INTO events (id, time_ms, kind, title, details) VALUES (?, ?, ?, ?, ?)';
  database.run(sql, id, time_ms, kind, title, JSON.stringify(details));
}

/** More are not read at once; the newest are. */
const mostEvents = 2_000;

/** Events from `from_ms` to `to_ms`, oldest first. */
export function eventsBetween(database: Database, from_ms: number, to_ms: number): LabEvent[] {
  const sql = 'SELECT * FROM events WHERE time_ms BETWEEN ? AND ? ORDER BY time_ms DESC, id DESC LIMIT ?';
  return database.all(sql, from_ms, to_ms, mostEvents).map(toEvent).reverse();
}

/** The newest event of `kind` from `from_ms` to `to_ms`. */
export function lastEvent(
  database: Database,
  kind: EventKind,
  from_ms: number,
  to_ms: number,
): LabEvent | undefined {
  const sql =
    'SELECT * FROM events WHERE kind = ? AND time_ms BETWEEN ? AND ? ORDER BY time_ms DESC, id DESC LIMIT 1';
  const row = database.get(sql, kind, from_ms, to_ms);
  return row && toEvent(row);
}

function toEvent(row: Row): LabEvent {
  return {
    id: Number(row['id']),
    time_ms: Number(row['time_ms']),
    kind: String(row['kind']) as EventKind,
    title: String(row['title']),
    details: JSON.parse(String(row['details'])),
  };
}
