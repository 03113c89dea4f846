import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readToldDeaths } from './told-deaths.ts';

const death = (pid: number, more = {}) =>
  `${JSON.stringify({
    time: '2026-01-01T00:00:00Z',
    program: 'service',
    pid,
    uptime_seconds: 5,
    exit_status: 137,
    signal: 'SIGKILL',
    ended_by: 'watchdog',
    evidence: 'the lab itself sent SIGKILL',
    last_memory_bytes: null,
    memory_limit_bytes: null,
    ...more,
  })}\n`;

it('reads on from where it was, whole lines only, and passes over what is no death of the service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-told-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'deaths.jsonl');
  expect(readToldDeaths(file, 0)).toEqual({ deaths: [], readTo: 0, readable: true });
  writeFileSync(file, `${death(1)}{"nonsense\n${death(2, { program: 'upstream' })}${death(3).slice(0, 50)}`);
  const first = readToldDeaths(file, 0);
  expect(first.deaths.map(({ pid }) => pid)).toEqual([1]);
  appendFileSync(file, death(3).slice(50));
  const second = readToldDeaths(file, first.readTo);
  expect(second.deaths).toMatchObject([{ pid: 3, time: Date.parse('2026-01-01T00:00:00Z') }]);
  expect(readToldDeaths(file, second.readTo).deaths).toEqual([]);
  writeFileSync(file, death(4));
  expect(readToldDeaths(file, second.readTo).deaths.map(({ pid }) => pid)).toEqual([4]);
  expect(readToldDeaths(folder, 0)).toMatchObject({ deaths: [] });
});
