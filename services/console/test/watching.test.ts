import { expect } from 'vitest';
import type { LabEvent } from '../src/api/contract.ts';
import { startConsole, startScriptedService } from './support/processes.ts';
import { roomTest as it } from './support/room.ts';
import { until } from './support/until.ts';

it('records a sample each second, with what the service is and does', async ({ room }) => {
  const service = await startScriptedService(room);
  await service.behave({ requests_per_sample: 200 });
  const console = await startConsole({ room, service });
  const { columns } = await until(console.samples, (series) => series.columns.time_ms.length >= 4);
  const times = columns.time_ms as number[];
  for (let index = 1; index < times.length; index += 1) {
    expect((times[index] ?? 0) - (times[index - 1] ?? 0)).toBeGreaterThan(800);
    expect((times[index] ?? 0) - (times[index - 1] ?? 0)).toBeLessThan(1_300);
  }
  expect(columns.pid).toEqual(times.map(() => service.child.pid));
  expect(columns.requests_per_second.at(-1)).toBeGreaterThan(150);
  const now = await console.now();
  expect(now.service).toMatchObject({ state: 'up', pid: service.child.pid });
  expect(now.leaks).toHaveLength(1);
  expect((await until(console.events, (events) => events.length >= 3)).map(({ kind }) => kind)).toEqual([
    'console_start',
    'start',
    'load_begin',
  ]);
});

it('tells a service that hangs, one that answers nonsense and one that is gone apart, and finds it again', async ({
  room,
}) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  const becomes = (state: string) => until(console.now, (now) => now.service.state === state);
  await becomes('up');
  await service.behave({ mode: 'hangs' });
  expect((await becomes('hanging')).service.message).toMatch(/there and does not answer/);
  await service.behave({ mode: 'nonsense' });
  expect((await becomes('nonsense')).service.message).toMatch(/Expected JSON from \/admin\/sample.*It works/);
  await service.behave({ mode: 'well' });
  await becomes('up');
  expect(await console.deaths()).toEqual([]);
  await service.end('SIGKILL');
  expect((await becomes('down')).service.message).toMatch(/ECONNREFUSED|broke/);
});

it('notes when a leak is switched, whoever does it, and says nothing of leaks in a blind lab', async ({
  room,
}) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  await until(console.now, ({ service: { state } }) => state === 'up');
  const leak = {
    id: 'cache',
    enabled: true,
    entries: 0,
    retained_bytes: 0,
    bytes_per_request: 16384,
    unit: 'request' as const,
    one_in: 1,
  };
  const { columns } = await until(console.samples, (series) => series.columns.time_ms.length >= 2);
  expect(await console.get('/api/verdict')).toMatchObject({ from_ms: columns.time_ms[0], begins_with: null });
  await service.behave({ leaks: [leak] });
  const switched = (events: readonly LabEvent[]) => events.filter(({ kind }) => kind === 'leak_on');
  const events = await until(console.events, (all) => switched(all).length > 0);
  const from_ms = switched(events)[0]?.time_ms;
  expect(await console.get('/api/verdict')).toMatchObject({ from_ms, begins_with: 'cache on' });
  expect(await console.get('/api/verdict?from=0')).toMatchObject({
    from_ms: columns.time_ms[0],
    begins_with: null,
  });
  await service.behave({ leaks: null });
  await until(console.now, (now) => !('leaks' in now));
  // It was told of before, and where nothing is told any more nothing is on that was.
  const after = await until(console.events, (all) => all.some(({ kind }) => kind === 'leak_off'));
  expect(after.findLast(({ kind }) => kind === 'leak_off')).toMatchObject({ title: 'cache off' });
  await service.behave({ leaks: [{ ...leak, enabled: false }] });
  await until(console.now, (now) => 'leaks' in now);
  await service.behave({ leaks: null });
  await until(console.now, (now) => !('leaks' in now));
  expect((await console.events()).filter(({ kind }) => kind === 'leak_off')).toHaveLength(1);
  expect(await console.ask('POST', '/api/leaks/cache', { enabled: true })).toMatchObject({ status: 404 });
});

it('passes on what it does to the service, and says when there is none', async ({ room }) => {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service });
  expect(await console.ask('POST', '/api/gc')).toMatchObject({ status: 200, json: { collected: true } });
  expect((await console.events()).at(-1)).toMatchObject({ kind: 'gc', details: { freed_mb: 1.5 } });
  await service.end('SIGKILL');
  expect(await console.ask('POST', '/api/gc')).toMatchObject({
    status: 502,
    json: { error: { code: 'service_unreachable' } },
  });
});

it('keeps no profile that is told again while allocations are recorded, and takes one soon after', async ({
  room,
}) => {
  const service = await startScriptedService(room);
  const since = new Date().toISOString();
  const line = { location: 'a.ts:1 keep', file: 'a.ts', line: 1, function: 'keep', count: 1 };
  await service.behave({ sampling: { since, recording: true }, lines: [{ ...line, size_bytes: 9e6 }] });
  const console = await startConsole({ room, service });
  await until(console.samples, ({ columns }) => columns.time_ms.length >= 6);
  expect(await console.get('/api/allocations')).toBeNull();
  await service.behave({ sampling: { since, recording: false }, lines: [{ ...line, size_bytes: 1e6 }] });
  const told = await until(
    () => console.get<{ total_bytes: number } | null>('/api/allocations'),
    (profile) => profile !== null,
  );
  expect(told?.total_bytes).toBe(1e6);
});
