import { deflateSync, inflateSync } from 'node:zlib';
import type { Diff, DiffSummary } from '../api/contract.ts';
import type { Database, Row } from './database.ts';

/** Older results are forgotten; they can be made again while the snapshots are there. */
const mostDiffs = 50;

export function saveDiff(database: Database, diff: Diff): void {
  const { id, before, after, status, message, seconds, rows, collections } = diff;
  const result = status === 'done' ? deflateSync(JSON.stringify({ rows, collections })) : null;
  const sql = `INSERT OR REPLACE INTO diffs (id, before, after, status, message, seconds, result) VALUES (?, ?, ?, ?, ?, ?, ?)`;
  database.run(sql, id, before, after, status, message, seconds, result);
  database.run('DELETE FROM diffs WHERE id <= ?', id - mostDiffs);
}

export function readDiff(database: Database, id: number): Diff | undefined {
  const row = database.get('SELECT * FROM diffs WHERE id = ?', id);
  return row && toDiff(row);
}

export function latestDiff(database: Database): Diff | undefined {
  const row = database.get(`SELECT * FROM diffs WHERE status = 'done' ORDER BY id DESC LIMIT 1`);
  return row && toDiff(row);
}

/** Every comparison without what it found, newest first. */
export function listDiffs(database: Database): DiffSummary[] {
  const sql =
    'SELECT id, before, after, status, message, seconds, NULL AS result FROM diffs ORDER BY id DESC';
  return [...database.all(sql)].map((row) => {
    const { rows: _rows, collections: _collections, ...summary } = toDiff(row);
    return summary;
  });
}

export function diffOf(database: Database, before: number, after: number): Diff | undefined {
  const sql = `SELECT * FROM diffs WHERE before = ? AND after = ? AND status = 'done' ORDER BY id DESC LIMIT 1`;
  const row = database.get(sql, before, after);
  return row && toDiff(row);
}

/** Every finished result, oldest first, one at a time. */
export function* allDiffs(database: Database): Generator<Diff> {
  for (const row of database.all(`SELECT id FROM diffs WHERE status = 'done' ORDER BY id`)) {
    const diff = readDiff(database, Number(row['id']));
    if (diff) yield diff;
  }
}

/** What was under way when the console ended will not end any more. */
export function failUnfinished(database: Database): void {
  database.run(
    `UPDATE diffs SET status = 'failed', message = 'The console ended before the comparison did. Start it again.' WHERE status = 'running'`,
  );
}

function toDiff(row: Row): Diff {
  const { result } = row;
  const { rows, collections } =
    result instanceof Uint8Array
      ? (JSON.parse(inflateSync(result).toString('utf8')) as Pick<Diff, 'rows' | 'collections'>)
      : { rows: [], collections: [] };
  const status = String(row['status']) as Diff['status'];
  return {
    id: Number(row['id']),
    before: Number(row['before']),
    after: Number(row['after']),
    status,
    progress: status === 'done' ? 1 : 0,
    message: row['message'] === null ? null : String(row['message']),
    seconds: row['seconds'] === null ? null : Number(row['seconds']),
    rows,
    collections,
  };
}
