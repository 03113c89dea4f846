import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { Warnings } from '../warnings.ts';
import { allocationsAt, insertProfile } from './allocations.ts';
import { openStore } from './store.ts';

const logger = pino({ level: 'silent' });
const megabyte = 2 ** 20;
const start = '2026-01-01T00:00:00.000Z';
const afterRecording = '2026-01-01T00:01:00.000Z';
const at = (second: number): number => Date.parse(start) + second * 1000;

/** A store with profiles of one line: when, since when it is sampled, how much. */
function storeWith(...profiles: (readonly [second: number, sampled_since: string | null, mb: number])[]) {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-store-'));
  const store = openStore(folder, new Warnings(logger), logger);
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const place = { location: 'a.ts:1 keep', file: 'a.ts', line: 1, function: 'keep' };
  for (const [second, sampled_since, mb] of profiles) {
    const lines = [{ ...place, size_bytes: mb * megabyte, count: mb }];
    insertProfile(store.database, { life: 1, pid: 7, time_ms: at(second), sampled_since, lines });
  }
  return store.database;
}

it('compares with the profile asked for, or the first', () => {
  const database = storeWith([10, start, 1], [20, start, 5], [30, start, 9]);
  expect(allocationsAt(database, at(35), at(25))).toMatchObject({
    since_ms: at(20),
    began_anew_ms: null,
    growing: [{ growth_bytes: 4 * megabyte }],
  });
  expect(allocationsAt(database, at(35), at(0))).toMatchObject({
    since_ms: at(10),
    growing: [{ growth_bytes: 8 * megabyte }],
  });
});

it('calls nothing given back because allocations were recorded, and tells since when it knows', () => {
  const database = storeWith(
    [10, start, 1],
    [50, start, 40],
    [70, afterRecording, 2],
    [80, afterRecording, 6],
  );
  expect(allocationsAt(database, at(75), at(10))).toMatchObject({
    since_ms: null,
    began_anew_ms: Date.parse(afterRecording),
    given_back: [],
    total_growth_bytes: 0,
  });
  expect(allocationsAt(database, at(85), at(10))).toMatchObject({
    since_ms: at(70),
    began_anew_ms: Date.parse(afterRecording),
    growing: [{ growth_bytes: 4 * megabyte }],
    given_back: [],
  });
  expect(allocationsAt(database, at(60), at(0))).toMatchObject({ began_anew_ms: null, since_ms: at(10) });
});

it('compares profiles of an earlier version, which did not say since when', () => {
  const database = storeWith([10, null, 1], [20, null, 5], [30, start, 9], [40, start, 10]);
  expect(allocationsAt(database, at(25), at(10))).toMatchObject({ since_ms: at(10), began_anew_ms: null });
  expect(allocationsAt(database, at(45), at(10))).toMatchObject({ since_ms: at(30), began_anew_ms: null });
});
