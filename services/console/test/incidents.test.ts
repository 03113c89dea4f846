import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { textOf } from '../../../services/leaky-service/test/fix-list.ts';
import type { PastIncidents } from '../src/api/contract.ts';
import {
  course,
  errorOf,
  incident,
  item,
  post,
  running,
  seedOf,
  startCourse,
  startService,
  workDirectory,
} from './support/course.ts';
import { roomTest as it, type Room } from './support/room.ts';
import { until } from './support/until.ts';

const file = 'request-history.ts';

/** Has the learner's copy read as one of lab 05's fixes of the same file. */
function writeFix(room: Room, name: string): void {
  const path = join(workDirectory(room), file);
  mkdirSync(workDirectory(room), { recursive: true });
  writeFileSync(path, textOf({ id: 'history', name }, path));
}

/** What was done to a service in its life, as far as it was not refused, by its own count of requests. */
async function doneTo(url: string): Promise<string[]> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const done =
    /^http_requests_total\{method="POST",route="\/admin\/incident\/(\w+)",status_class="2xx"\} [1-9]/gm;
  return [...metrics.matchAll(done)].map(([, how = '']) => how).sort();
}

it('does to the service what the learner does, and again after kills of both; the end is kept though nobody answers', async ({
  room,
}) => {
  const { service, port, console, open } = await startCourse(room);
  const seed = seedOf('history');
  await post(console, 'incident', { seed, level: 2 });
  writeFix(room, 'wrong-forgets-what-was-answered');
  const wrong = await post(console, 'incident/mend', { file });
  expect({ status: wrong.status, ...errorOf(wrong) }).toMatchObject({
    status: 422,
    code: 'does_not_behave',
    message: expect.stringMatching(/line \d+.*The service has the one before/),
  });
  writeFix(room, 'broken-does-not-parse');
  expect((await post(console, 'incident/mend', { file })).status).toBe(422);
  expect(await doneTo(service.url)).toEqual([]);
  expect(item(await running(console), 'kept_up')?.saw ?? '').not.toContain('mended');

  writeFix(room, 'right-ring');
  expect((await post(console, 'incident/mend', { file })).status).toBe(200);
  expect((await post(console, 'incident/off', { file: 'response-cache.ts' })).status).toBe(200);
  await post(console, 'answer', { key: 'finding', value: 'leak' });
  await console.end('SIGKILL');
  service.child.kill('SIGKILL');
  const next = await startService(room, 'incident', { PORT: String(port) });
  const second = await open();
  await until(
    () => doneTo(next.url),
    (done) => done.join() === 'mend,off',
  );
  await until(
    async () => item(await running(second), 'kept_up')?.saw,
    (saw) => saw?.includes(`mended ${file}, off response-cache.ts`) === true,
  );

  next.child.kill('SIGKILL');
  const ended = await post(second, 'incident/end', {});
  expect(ended).toMatchObject({ status: 200, json: { number: 1, seed, level: 2, answered: 1 } });
  expect((await course(second)).running).toBeNull();
  const last = await startService(room, 'incident', { PORT: String(port) });
  await until(
    () => incident(last.url),
    (state) => !state.running,
  );
  const { incidents } = await second.get<PastIncidents>('/api/course/incidents');
  expect(incidents).toEqual([ended.json]);
}, 60_000);

it('asks the same of the service in each incident, so that its count of requests tells nothing', async ({
  room,
}) => {
  const { service, console } = await startCourse(room);
  await post(console, 'incident', { seed: seedOf('pool'), level: 2 });
  const refused = await post(console, 'incident', { seed: seedOf('keys'), level: 2, instead: true });
  expect(errorOf(refused)).toMatchObject({ code: 'no_valkey' });
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  expect(metrics).toContain('http_requests_total{method="GET",route="/admin/valkey",status_class="4xx"} 2');
});

it('refuses what is nothing to do, and changes nothing', async ({ room }) => {
  const { console } = await startCourse(room);
  const act = (how: string, name: string) => post(console, `incident/${how}`, { file: name });
  for (const how of ['off', 'mend', 'end']) {
    expect(errorOf(await act(how, file))).toMatchObject({ code: 'no_incident' });
  }
  await post(console, 'incident', { seed: seedOf('pool', 1), level: 1 });
  for (const how of ['off', 'mend']) {
    expect(errorOf(await act(how, file))).toMatchObject({ code: 'only_looking' });
  }
  await post(console, 'incident', { seed: seedOf('pool'), level: 2, instead: true });
  for (const name of ['history', '../features/request-history.ts', 'no-such.ts']) {
    const refused = await act('off', name);
    expect({ name, status: refused.status }).toEqual({ name, status: 400 });
    expect(errorOf(refused)).toMatchObject({
      code: 'unknown_feature',
      message: expect.stringContaining(file),
    });
  }
  const missing = await act('mend', file);
  expect({ status: missing.status, ...errorOf(missing) }).toMatchObject({ status: 422 });
  const unknown = errorOf(await post(console, 'answer', { key: 'bytes', value: '3' }));
  expect(unknown.message).toMatch(/^The incident has no question "bytes"; did you mean bytes_each/);
  const { items } = await running(console);
  expect(items.map(({ key, state }) => ({ key, state }))).toEqual(
    items.map(({ key }) => ({ key, state: 'open' })),
  );
  expect(item(await running(console), 'kept_up')?.saw ?? '').not.toMatch(/off|mended/);
});
