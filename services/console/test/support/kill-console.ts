import { join } from 'node:path';
import { type DatabaseSync, DatabaseSync as Sqlite } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { startConsole, startScriptedService } from './processes.ts';
import type { Room } from './room.ts';

/**
 * Kills consoles one after the other at moments that `moment_ms` gives, and checks after each that its database is
 * sound, that no sample is missing that was shown before, and that the service noticed nothing.
 */
export async function killConsoles(
  room: Room,
  times: number,
  moment_ms: (round: number) => number,
): Promise<void> {
  const service = await startScriptedService(room);
  const pid = service.child.pid;
  const seen: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const console = await startConsole({ room, service });
    const deadline = performance.now() + moment_ms(round);
    while (performance.now() < deadline) {
      const { sample } = await console.now();
      if (sample !== null && sample.time_ms !== seen.at(-1)) seen.push(sample.time_ms);
      await pause(20);
    }
    await console.end('SIGKILL');
    const database: DatabaseSync = new Sqlite(join(room.folder, 'data/console.db'));
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    const rows = database.prepare('SELECT time_ms FROM samples ORDER BY time_ms').all();
    database.close();
    const kept = new Set(rows.map((row) => Number(row['time_ms'])));
    const missing = seen.filter((time_ms) => !kept.has(time_ms));
    // What is shown has been written: not even the last one may be missing.
    expect(missing, `of ${seen.length} shown`).toEqual([]);
  }
  expect(seen.length).toBeGreaterThan(times / 2);
  expect(service.child.exitCode).toBeNull();
  expect(service.child.pid).toBe(pid);
  const last = await startConsole({ room, service });
  expect(await last.deaths()).toEqual([]);
  expect((await last.now()).warnings).toEqual([]);
}
