import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { LabCommand, until, untilAnswer } from '../embedded/support/lab-command.ts';
import { ConsoleWatch } from './console-watch.ts';
import { writeFigures } from './figures.ts';
import { Trials } from './trials.ts';

const kills = 50;

interface Kill {
  readonly written: number;
  readonly lost: number;
  /** Until it answered again, the supervisor's pause included. */
  readonly back_after_ms: number;
}

it('50 kills of the console at random moments lose no written sample, and the service never notices', async () => {
  const trials = new Trials<Kill>('console', kills);
  const lab = new LabCommand();
  const { console, service } = await lab.up();
  const watch = new ConsoleWatch(console.url);
  watch.load(3);
  const load = lab.watch('load', '--engine', 'autocannon', '--rate', '200', '--json');
  const begun = Date.now();
  let pid = console.process?.pid ?? 0;
  try {
    while (trials.goesOn) {
      await pause(500 + Math.random() * 11_000);
      const written = await watch.sampleTimes(begun);
      const killed_ms = Date.now();
      process.kill(pid, 'SIGKILL');
      pid = await until('another console', () => {
        const next = lab.state().console.process?.pid;
        return next !== pid && next;
      });
      const after = await untilAnswer('the console to be back', () => watch.sampleTimes(begun));
      const there = new Set(after);
      trials.add({
        written: written.length,
        lost: written.filter((time) => !there.has(time)).length,
        back_after_ms: Date.now() - killed_ms,
      });
    }
  } finally {
    await watch.stop();
  }
  const { stdout } = await load.interrupt();
  const { failed, deaths } = JSON.parse(stdout);
  const same = lab.state().service.process?.pid === service.process?.pid;
  await lab.run('down');
  const checked = databases(join(lab.folder, 'console')).map(integrity);
  await lab.end();
  expect(checked).toEqual(['ok']);
  expect({ deaths, same }).toEqual({ deaths: [], same: true });
  const done = trials.complete();
  const lost = done.reduce((sum, kill) => sum + kill.lost, 0);
  writeFigures('console', 'The console killed at random moments, under load', [
    '| what | |',
    '|---|---|',
    `| kills (SIGKILL) | ${done.length} |`,
    `| samples there at the last kill | ${done.at(-1)?.written} |`,
    `| written samples lost | ${lost} |`,
    `| integrity of the database after all | ${checked.join(', ')} |`,
    `| requests to the service not answered, deaths of it | ${failed}, ${deaths.length} |`,
  ]);
  expect(lost).toBe(0);
});

/** The database, and whatever was set aside as broken: there must be none of those. */
function databases(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(db|sqlite)/.test(name) && !/-(wal|shm)$/.test(name))
    .map((name) => join(folder, name));
}

function integrity(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return String(Object.values(database.prepare('PRAGMA integrity_check').get() ?? {})[0]);
  } finally {
    database.close();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
