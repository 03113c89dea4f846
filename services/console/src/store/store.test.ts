import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pino from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { sampleColumns } from '../api/contract.ts';
import { Warnings } from '../warnings.ts';
import { insertLife, lastLife } from './lives.ts';
import { migrate, migrations } from './migrations.ts';
import { keepWithin } from './retention.ts';
import { insertSample, type RecordedSample } from './samples.ts';
import { readSeries } from './series.ts';
import { openStore } from './store.ts';

const logger = pino({ level: 'silent' });
const hour_ms = 3_600_000;

function newStore(folder = mkdtempSync(join(tmpdir(), 'leak-lab-store-'))) {
  const warnings = new Warnings(logger);
  const store = openStore(folder, warnings, logger);
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { store, warnings, folder };
}

const sample = (time_ms: number, usage_bytes: number): RecordedSample => ({
  ...(Object.fromEntries(sampleColumns.map((column) => [column, null])) as unknown as RecordedSample),
  time_ms,
  usage_bytes,
});

it('keeps a day of seconds, then minutes, with their peaks', () => {
  const { store } = newStore();
  const { database } = store;
  const begin = 1_800_000_000_000 - (1_800_000_000_000 % hour_ms);
  const hours = 26;
  const peakAt = begin + 30 * 60_000 + 17_000;
  database.transaction(() => {
    for (let time = begin; time < begin + hours * hour_ms; time += 10_000)
      insertSample(database, 1, sample(time, 5));
    insertSample(database, 1, sample(peakAt, 99));
  });
  const now = begin + hours * hour_ms;
  for (let second = 0; second < 100; second += 1) keepWithin(store, now);
  const oldest = database.get('SELECT min(time_ms) AS oldest, count(*) AS rows FROM samples');
  expect(Number(oldest?.['oldest'])).toBe(now - 24 * hour_ms);
  expect(Number(database.get('SELECT count(*) AS minutes FROM sample_minutes')?.['minutes'])).toBe(
    hours * 60,
  );
  const { columns } = readSeries(database, begin, now, 400);
  expect(columns.time_ms.length).toBeLessThanOrEqual(400);
  expect(Math.max(...(columns.usage_bytes as number[]))).toBe(99);
  const recent = readSeries(database, now - hour_ms, now, 1_000);
  expect(recent.step_seconds).toBe(1);
});

it('sets a database of a later version aside, and says so', () => {
  const { store, folder } = newStore();
  store.close();
  const later = new DatabaseSync(join(folder, 'console.db'));
  later.exec('PRAGMA user_version = 99');
  later.close();
  const { warnings } = newStore(folder);
  expect(warnings.list()[0]?.message).toMatch(/version 99; this console knows versions up to/);
  expect(readdirSync(folder).some((name) => name.startsWith('console-newer-'))).toBe(true);
});

it('brings an earlier version up to date, whole or not at all', () => {
  const connection = new DatabaseSync(':memory:');
  migrate(connection);
  connection.exec("INSERT INTO meta VALUES ('a', 'b')");
  const version = migrations.length;
  expect(() =>
    migrate(connection, [...migrations, 'CREATE TABLE more (id); CREATE TABLE more (id)']),
  ).toThrow();
  expect(connection.prepare('PRAGMA user_version').get()).toEqual({ user_version: version });
  migrate(connection, [...migrations, 'CREATE TABLE more (id)']);
  expect(connection.prepare('PRAGMA user_version').get()).toEqual({ user_version: version + 1 });
  expect(connection.prepare('SELECT value FROM meta').get()).toEqual({ value: 'b' });
});

it('gives ids that go on where they were', () => {
  const { store, folder } = newStore();
  const life = { pid: 1, started_at_ms: 1, first_seen_ms: 1, last_seen_ms: 1, ended_at_ms: null };
  insertLife(store.database, { id: store.database.nextId('lives'), ...life });
  store.close();
  const again = newStore(folder).store;
  expect(lastLife(again.database)?.id).toBe(1);
  expect(again.database.nextId('lives')).toBe(2);
});
