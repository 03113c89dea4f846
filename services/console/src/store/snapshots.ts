import type { SnapshotRecord } from '../api/contract.ts';
import type { Database, Row } from './database.ts';

/** A snapshot as it is written down; whether its file is still what it was is looked up each time. */
export type StoredSnapshot = Omit<SnapshotRecord, 'fault'>;

export function insertSnapshot(database: Database, snapshot: StoredSnapshot): void {
  const { id, taken_at_ms, pid, file, size_bytes, live_heap_bytes, seconds, pinned } = snapshot;
  const sql = `INSERT OR REPLACE INTO snapshots (id, taken_at_ms, pid, file, size_bytes, live_heap_bytes, seconds, pinned)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
  database.run(sql, id, taken_at_ms, pid, file, size_bytes, live_heap_bytes, seconds, pinned ? 1 : 0);
}

/** Newest first. */
export function listSnapshots(database: Database): StoredSnapshot[] {
  return database.all('SELECT * FROM snapshots ORDER BY taken_at_ms DESC, id DESC').map(toSnapshot);
}

export function readSnapshot(database: Database, id: number): StoredSnapshot | undefined {
  const row = database.get('SELECT * FROM snapshots WHERE id = ?', id);
  return row && toSnapshot(row);
}

export function deleteSnapshot(database: Database, id: number): void {
  database.run('DELETE FROM snapshots WHERE id = ?', id);
}

export function pinSnapshot(database: Database, id: number, pinned: boolean): void {
  database.run('UPDATE snapshots SET pinned = ? WHERE id = ?', pinned ? 1 : 0, id);
}

function toSnapshot(row: Row): StoredSnapshot {
  return {
    id: Number(row['id']),
    taken_at_ms: Number(row['taken_at_ms']),
    pid: Number(row['pid']),
    file: String(row['file']),
    size_bytes: Number(row['size_bytes']),
    live_heap_bytes: row['live_heap_bytes'] === null ? null : Number(row['live_heap_bytes']),
    seconds: Number(row['seconds']),
    pinned: row['pinned'] === 1,
  };
}
