import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Death, readDeaths, recordDeath } from './deaths.ts';
import { openStateDirectory } from './state-directory.ts';

const death: Death = {
  time: '2026-01-02T03:04:05.678Z',
  program: 'service',
  pid: 7,
  uptime_seconds: 41.5,
  exit_code: null,
  signal: 'SIGKILL',
  exit_status: 137,
  ended_by: 'kernel-oom-kill',
  evidence: 'the counter rose',
  last_memory_bytes: 267_000_000,
  memory_limit_bytes: 268_435_456,
};

it('deaths are read as they were written, without a line that was cut off', () => {
  const directory = openStateDirectory(mkdtempSync(join(tmpdir(), 'lab-deaths-')));
  expect(readDeaths(directory)).toEqual([]);
  recordDeath(directory, death);
  recordDeath(directory, { ...death, pid: 8 });
  appendFileSync(directory.deaths, '{"time":"2026-');
  expect(readDeaths(directory)).toEqual([death, { ...death, pid: 8 }]);
});
