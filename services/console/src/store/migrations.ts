import type { DatabaseSync } from 'node:sqlite';
import { sampleColumns } from '../api/contract.ts';

/** Columns of numbers beside the time, as they were in version 1. What is added later is a migration of its own. */
const numbers = sampleColumns.filter((column) => column !== 'time_ms');

const version1 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE lives (
  id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, started_at_ms INTEGER NOT NULL,
  first_seen_ms INTEGER NOT NULL, last_seen_ms INTEGER NOT NULL, ended_at_ms INTEGER, last_reading TEXT
) STRICT;
CREATE TABLE samples (
  time_ms INTEGER PRIMARY KEY, life INTEGER NOT NULL,
  external_after_gc_bytes REAL, major_gc_count REAL, ${numbers.map((name) => `${name} REAL`).join(', ')}
) STRICT;
CREATE TABLE sample_minutes (
  minute_ms INTEGER PRIMARY KEY, readings INTEGER NOT NULL,
  ${numbers.map((name) => `${name}_low REAL, ${name}_high REAL`).join(', ')}
) STRICT;
CREATE TABLE events (
  id INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, details TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_time ON events (time_ms);
CREATE TABLE deaths (
  id INTEGER PRIMARY KEY, life INTEGER NOT NULL UNIQUE, time_ms INTEGER NOT NULL, summary TEXT NOT NULL, box BLOB NOT NULL
) STRICT;
CREATE TABLE allocation_lines (
  id INTEGER PRIMARY KEY, location TEXT NOT NULL UNIQUE, file TEXT NOT NULL, line INTEGER NOT NULL, function TEXT NOT NULL
) STRICT;
CREATE TABLE allocation_profiles (
  id INTEGER PRIMARY KEY, life INTEGER NOT NULL, time_ms INTEGER NOT NULL, pid INTEGER NOT NULL,
  total_bytes REAL NOT NULL, lines TEXT NOT NULL
) STRICT;
CREATE INDEX allocation_profiles_by_time ON allocation_profiles (time_ms);
CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY, taken_at_ms INTEGER NOT NULL, pid INTEGER NOT NULL, file TEXT NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL, live_heap_bytes INTEGER, seconds REAL NOT NULL, pinned INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE diffs (
  id INTEGER PRIMARY KEY, before INTEGER NOT NULL, after INTEGER NOT NULL, status TEXT NOT NULL,
  message TEXT, seconds REAL, result BLOB
) STRICT;
`;

/** When the service began to sample what a profile tells: profiles of two beginnings say nothing of each other. */
const version2 = 'ALTER TABLE allocation_profiles ADD COLUMN sampled_since TEXT';

/** What growth may go by beside requests, and another server's memory. */
const version3 = [
  'failed_total',
  'events_total',
  'connections_total',
  'payload_bytes_total',
  'remote_bytes',
  'remote_limit_bytes',
]
  .map((column) => `ALTER TABLE samples ADD COLUMN ${column} REAL`)
  .join('; ');

/** What becomes of the calls to the server that the service depends on. */
const version4 = ['upstream_busy', 'calls_total', 'calls_unfinished']
  .map((column) => `ALTER TABLE samples ADD COLUMN ${column} REAL`)
  .join('; ');

/** What that other server's memory is made of. */
const version5 = ['remote_keys', 'remote_keys_with_expiry']
  .map((column) => `ALTER TABLE samples ADD COLUMN ${column} REAL`)
  .join('; ');

/** Each brings the database from the version before to its own; what has landed is never changed. */
export const migrations: readonly string[] = [version1, version2, version3, version4, version5];

/** A database of a later version than this console knows. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
}

/** Brings the database to the newest version, whole or not at all. Throws {@link NewerDatabase}. */
export function migrate(connection: DatabaseSync, steps: readonly string[] = migrations): void {
  const { user_version } = connection.prepare('PRAGMA user_version').get() as { user_version: number };
  if (user_version > steps.length) {
    throw new NewerDatabase(
      `The database has version ${user_version}; this console knows versions up to ${steps.length}.`,
    );
  }
  for (const [index, step] of steps.entries()) {
    if (index < user_version) continue;
    try {
      connection.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${index + 1}; COMMIT`);
    } finally {
      if (connection.isTransaction) connection.exec('ROLLBACK');
    }
  }
}
