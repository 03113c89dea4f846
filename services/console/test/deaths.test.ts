import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startLeakyService } from '../../../test/support/processes.ts';
import {
  type RunningConsole,
  type ScriptedService,
  startConsole,
  startScriptedService,
} from './support/processes.ts';
import { roomTest as it } from './support/room.ts';
import { until } from './support/until.ts';

const up = (console: RunningConsole, service: ScriptedService) =>
  until(console.now, (now) => now.service.pid === service.child.pid && now.service.state === 'up');
const nearLimit = { usage_bytes: 250 * 2 ** 20 };

function told(service: ScriptedService, more: object = {}): string {
  const death = {
    time: new Date().toISOString(),
    program: 'service',
    pid: service.child.pid,
    uptime_seconds: 3,
    exit_code: null,
    signal: 'SIGKILL',
    exit_status: 137,
    ended_by: 'kernel-oom-kill',
    evidence: "the cgroup's oom_kill counter rose by 1",
    last_memory_bytes: 260_000_000,
    memory_limit_bytes: 268_435_456,
    ...more,
  };
  return `${JSON.stringify(death)}\n`;
}

it('takes a kill at the limit for one by the kernel, and keeps the minute before', async ({ room }) => {
  const service = await startScriptedService(room);
  await service.behave({
    ...nearLimit,
    lines: [
      {
        location: 'features/a.ts:4 keep',
        file: 'features/a.ts',
        line: 4,
        function: 'keep',
        size_bytes: 5e6,
        count: 9,
      },
    ],
  });
  const console = await startConsole({ room, service, env: { MODE: 'docker' } });
  await up(console, service);
  await until(
    () => console.get('/api/allocations'),
    (profile) => profile !== null,
  );
  await until(console.samples, ({ columns }) => columns.time_ms.length >= 2);
  await service.end('SIGKILL');
  const next = await startScriptedService(room, service.port);
  const [death] = await until(console.deaths, (deaths) => deaths.length > 0);
  expect(death).toMatchObject({ pid: service.child.pid, ended_by: 'memory-kill-presumed', inferred: true });
  expect(death?.known_by).toMatch(/^inferred: V8 left no report, and memory was at 250 MB of 256 MB/);
  await up(console, next);
  const box = await console.death(death?.id ?? 0);
  expect(box.in_flight).toEqual([{ method: 'GET', path: '/api/data', age_seconds: 0.2 }]);
  expect(box.samples.columns.time_ms.length).toBeGreaterThanOrEqual(2);
  expect(box.events.map(({ kind }) => kind)).toContain('start');
  expect(box.leaks).toHaveLength(1);
  expect(box.top_line).toMatchObject({ location: 'features/a.ts:4 keep', size_bytes: 5e6 });
  expect(await console.deaths()).toHaveLength(1);
});

it("knows V8's own end by the report it left", async ({ room }) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  await up(console, service);
  const header = {
    event: 'Allocation failed',
    trigger: 'OOMError',
    processId: service.child.pid,
    dumpEventTimeStamp: '1',
  };
  const report = { header, javascriptStack: { message: 'No stack.', stack: ['at keep (a.ts:1:1)'] } };
  writeFileSync(join(room.folder, 'shared/reports/report.1.json'), JSON.stringify(report));
  writeFileSync(join(room.folder, 'shared/reports/report.2.json'), '{"header": {');
  await service.end('SIGKILL');
  await startScriptedService(room, service.port);
  const [death] = await until(console.deaths, (deaths) => deaths.length > 0);
  expect(death).toMatchObject({ ended_by: 'v8-heap-limit', inferred: true });
  expect((await console.death(death?.id ?? 0)).report).toEqual({
    file: 'report.1.json',
    trigger: 'OOMError',
    javascript_stack: ['No stack.', 'at keep (a.ts:1:1)'],
  });
});

it('knows what was used up by the note that the process left', async ({ room }) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service, env: { MODE: 'docker' } });
  await up(console, service);
  const { started_at } = (await (await fetch(`${service.url}/admin/sample`)).json()) as {
    started_at: string;
  };
  const reason = 'No file descriptors left (255 of 256 in use): no connection can be opened.';
  const note = {
    pid: service.child.pid,
    started_at,
    ended_at: new Date().toISOString(),
    reason,
    exit_code: 71,
  };
  mkdirSync(join(room.folder, 'shared/endings'), { recursive: true });
  writeFileSync(join(room.folder, 'shared/endings/1.json'), JSON.stringify(note));
  await service.end('SIGKILL');
  const next = await startScriptedService(room, service.port);
  const [death] = await until(console.deaths, (deaths) => deaths.length > 0);
  expect(death).toMatchObject({
    pid: service.child.pid,
    ended_by: 'exhausted',
    known_by: `it said so: ${reason}`,
    inferred: false,
    exit_status: 71,
  });
  await up(console, next);
  expect((await console.events()).map(({ kind }) => kind)).not.toContain('stop');
});

it('records a death once when it is told, and one that it never saw', async ({ room }) => {
  const deathsFile = join(room.folder, 'deaths.jsonl');
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service, env: { DEATHS_FILE: deathsFile } });
  await up(console, service);
  await service.end('SIGKILL');
  appendFileSync(deathsFile, told(service));
  const [death] = await until(console.deaths, (deaths) => deaths.length > 0);
  expect(death).toMatchObject({
    ended_by: 'kernel-oom-kill',
    inferred: false,
    signal: 'SIGKILL',
    exit_status: 137,
  });
  const next = await startScriptedService(room, service.port);
  await up(console, next);
  appendFileSync(
    deathsFile,
    told(next, { pid: 4_000_000, program: 'upstream' }) + told(next, { pid: 4_000_001 }),
  );
  expect(await until(console.deaths, (deaths) => deaths.length > 1)).toHaveLength(2);
  expect((await console.now()).deaths).toBe(2);
});

it('adds what is told later to the death that it inferred', async ({ room }) => {
  const deathsFile = join(room.folder, 'deaths.jsonl');
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service, env: { DEATHS_FILE: deathsFile } });
  await up(console, service);
  await service.end('SIGKILL');
  const next = await startScriptedService(room, service.port);
  const [inferred] = await until(console.deaths, (deaths) => deaths.length > 0);
  await up(console, next);
  // The supervisor started it, and knows since when it lived.
  const { time_ms = 0, uptime_seconds } = inferred ?? {};
  const line = told(service, { time: new Date(time_ms).toISOString(), uptime_seconds });
  appendFileSync(deathsFile, line.slice(0, 40));
  appendFileSync(deathsFile, line.slice(40));
  const deaths = await until(console.deaths, ([first]) => first?.inferred === false);
  expect(deaths).toMatchObject([{ id: inferred?.id, ended_by: 'kernel-oom-kill' }]);
});

it('records a death that came while it was killed itself, once, and none where it was stopped in order', async ({
  room,
}) => {
  const service = await startScriptedService(room);
  const first = await startConsole({ room, service });
  await up(first, service);
  await first.end('SIGKILL');
  await service.end('SIGKILL');
  const next = await startScriptedService(room, service.port);
  const second = await startConsole({ room, service: next });
  await up(second, next);
  const [death] = await until(second.deaths, (deaths) => deaths.length > 0);
  expect(death).toMatchObject({ pid: service.child.pid, inferred: true });
  expect(death?.known_by).toMatch(/the console was away/);
  await second.end('SIGTERM');
  await next.end('SIGTERM');
  const last = await startScriptedService(room, service.port);
  const third = await startConsole({ room, service: last });
  await up(third, last);
  expect(await third.deaths()).toHaveLength(1);
});

it('takes the end of a process that says that it was told to for no death, seen or not', async ({ room }) => {
  const env = { ENDINGS_DIRECTORY: join(room.folder, 'shared/endings'), LOG_LEVEL: 'silent' };
  const startReal = async (port = '0') => {
    const real = await startLeakyService({ env: { ...env, PORT: port } });
    room.atEnd(() => real.stop());
    return { ...real, port: Number(new URL(real.url).port) };
  };
  const stops = (console: RunningConsole) => async () =>
    (await console.events()).filter(({ kind }) => kind === 'stop');
  const first = await startReal();
  const console = await startConsole({ room, service: first });
  await until(console.now, ({ service }) => service.pid === first.child.pid);
  expect(await first.stop()).toBe(0);
  const [stop] = await until(stops(console), (found) => found.length === 1);
  expect(stop?.title).toBe(`Process ${first.child.pid} was stopped in order (SIGTERM)`);
  expect((await console.now()).service.message).toMatch(/was stopped in order \(SIGTERM\)/);

  const second = await startReal(String(first.port));
  await until(console.now, ({ service }) => service.pid === second.child.pid);
  await console.end('SIGKILL');
  await second.stop();
  const third = await startReal(String(first.port));
  const again = await startConsole({ room, service: third });
  await until(again.now, ({ service }) => service.pid === third.child.pid);
  expect(await stops(again)()).toHaveLength(2);
  expect(await again.deaths()).toEqual([]);

  third.child.kill('SIGKILL');
  await until(again.deaths, (deaths) => deaths.length === 1);
});

it('takes a death back when the same process answers again', async ({ room }) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service, env: { DEATHS_FILE: '/dev/null/none' } });
  await up(console, service);
  service.child.send({ mode: 'away' });
  await until(console.deaths, (deaths) => deaths.length > 0);
  service.child.send({ mode: 'well' });
  await until(console.deaths, (deaths) => deaths.length === 0);
  expect((await console.events()).at(-1)?.title).toMatch(/only out of reach/);
});
