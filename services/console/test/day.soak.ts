import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { writeFigures } from '../../../test/soak/figures.ts';
import { writeDay } from './support/day-of-record.ts';
import { startConsole, startScriptedService } from './support/processes.ts';
import { roomTest as it } from './support/room.ts';

const most_bytes = 150 * 2 ** 20;
const watched_seconds = 60;
const day_ms = 86_400_000;

const resident_bytes = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

it("stays below 150 MB with a day's samples and a page open", { skip: process.platform !== 'linux' }, async ({
  room,
}) => {
  writeDay(join(room.folder, 'data'));
  const service = await startScriptedService(room);
  const console_ = await startConsole({ room, service });
  const begun_mb = resident_bytes(console_.child.pid) / 2 ** 20;
  const stream = await fetch(`${console_.url}/api/stream`);
  void stream.body?.pipeTo(new WritableStream()).catch(() => undefined);
  let most = 0;
  let slowest_ms = 0;
  for (let second = 0; second < watched_seconds; second += 1) {
    const to = Date.now();
    const span = [900_000, 3_600_000, 7_200_000, day_ms][second % 4] ?? 0;
    const begun = performance.now();
    await console_.get(`/api/samples?from=${to - span}&to=${to}&points=1500`);
    slowest_ms = Math.max(slowest_ms, performance.now() - begun);
    await console_.get(`/api/allocations?since=${to - 60_000}`);
    if (second % 20 === 0) await console_.get(`/api/events?from=${to - day_ms}`);
    most = Math.max(most, resident_bytes(console_.child.pid));
    await pause(1000);
  }
  const { columns } = await console_.get<{ columns: { time_ms: number[] } }>(
    `/api/samples?from=${Date.now() - 40_000}&points=100`,
  );
  const gaps = columns.time_ms.slice(1).map((time, index) => time - (columns.time_ms[index] ?? 0));
  writeFigures('day', "The console with a day's samples, a page open", [
    '| what | |',
    '|---|---|',
    `| resident at the start | ${begun_mb.toFixed(0)} MB |`,
    `| at most, in ${watched_seconds} s (≤ 150 MB) | ${(most / 2 ** 20).toFixed(0)} MB |`,
    `| slowest answer with a series of up to 24 h | ${slowest_ms.toFixed(0)} ms |`,
    `| longest gap between two samples | ${Math.max(...gaps)} ms |`,
  ]);
  expect(most).toBeLessThan(most_bytes);
  expect(Math.max(...gaps)).toBeLessThan(2_000);
});
