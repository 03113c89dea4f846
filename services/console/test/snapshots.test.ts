import { once } from 'node:events';
import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Diff, SnapshotList, SnapshotRecord } from '../src/api/contract.ts';
import { type RunningConsole, startConsole, startScriptedService } from './support/processes.ts';
import { roomTest as it, type Room } from './support/room.ts';
import { until } from './support/until.ts';

async function running(room: Room, env = {}) {
  const service = await startScriptedService(room);
  const console = await startConsole({ room, service, env });
  await until(console.now, (now) => now.service.state === 'up');
  const take = async (body = {}) =>
    (await console.ask('POST', '/api/snapshots', body)).json as SnapshotRecord;
  const list = () => console.get<SnapshotList>('/api/snapshots');
  return { service, console, take, list, directory: join(room.folder, 'shared/snapshots') };
}

const finished = (console: RunningConsole, id: number) =>
  until(
    () => console.get<Diff>(`/api/diffs/${id}`),
    ({ status }) => status !== 'running',
  );

it('compares two snapshots: the class that grew, what holds it, the collection', async ({ room }) => {
  const { console, take } = await running(room);
  const [before, after] = [await take(), await take()];
  const { status, json } = await console.ask('POST', '/api/diffs', { before: before.id, after: after.id });
  expect(status).toBe(202);
  const diff = await finished(console, (json as Diff).id);
  expect(diff).toMatchObject({ status: 'done', progress: 1, before: before.id, after: after.id });
  const kept = diff.rows.find(({ class_name }) => class_name === 'KeptThing');
  expect(kept).toMatchObject({ added_count: 1000, deleted_count: 0, count_delta: 1000 });
  expect(kept?.source).toMatch(/scripted-service\.ts:\d+$/);
  const steps = kept?.paths[0]?.steps ?? [];
  expect(steps[0]).toMatchObject({ edge: '', name: '(root)' });
  expect(steps.at(-1)).toMatchObject({ name: 'KeptThing', edge: expect.stringMatching(/^\[\d+\]/) });
  expect(diff.collections).toContainEqual(expect.objectContaining({ count_before: 1000, count_after: 2000 }));
  expect(await console.get<Diff>('/api/diffs/latest')).toEqual(diff);
  expect((await console.ask('POST', '/api/diffs', { before: before.id, after: after.id })).status).toBe(200);
});

it('tells which file is gone or cut short, and does not compare it', async ({ room }) => {
  const { console, take, list, directory } = await running(room);
  const [one, two, three] = [await take(), await take(), await take()];
  rmSync(join(directory, one.file));
  truncateSync(join(directory, two.file), 1000);
  const { snapshots } = await list();
  expect(snapshots.map(({ fault }) => fault?.slice(0, 8))).toEqual([undefined, 'The file', 'The file']);
  await until(console.now, ({ warnings }) => warnings.some(({ code }) => code === 'snapshot_damaged'));
  expect(await console.ask('POST', '/api/diffs', { before: two.id, after: three.id })).toMatchObject({
    status: 410,
    json: {
      error: { code: 'snapshot_damaged', message: expect.stringMatching(/has 1000 bytes and had \d+/) },
    },
  });
  for (const { id } of [one, two])
    expect((await console.ask('DELETE', `/api/snapshots/${id}`)).status).toBe(204);
  await until(console.now, ({ warnings }) => warnings.length === 0);
});

it('says what a damaged file of the right length is, and goes on', async ({ room }) => {
  const { console, take, directory } = await running(room);
  const [before, after] = [await take(), await take()];
  writeFileSync(join(directory, after.file), 'x'.repeat(after.size_bytes));
  const { json } = await console.ask('POST', '/api/diffs', { before: before.id, after: after.id });
  const diff = await finished(console, (json as Diff).id);
  expect(diff).toMatchObject({
    status: 'failed',
    message: expect.stringMatching(/^heap-.*: byte 0.*expected/),
  });
  expect((await console.now()).service.state).toBe('up');
});

it("passes on the guard's refusal, and forces where it is told to", async ({ room }) => {
  const { service, console, take } = await running(room);
  await service.behave({ fits: false });
  expect(await console.ask('POST', '/api/snapshots', { limit: 'keep' })).toMatchObject({
    status: 409,
    json: { error: { code: 'snapshot_would_not_fit', details: { fits: false } } },
  });
  expect((await console.events()).at(-1)?.kind).toBe('snapshot_refused');
  expect(await take({ force: true })).toMatchObject({ fault: null, pinned: false });
  const kinds = (await console.events()).map(({ kind }) => kind);
  expect(kinds.slice(-2)).toEqual(['snapshot_forced', 'snapshot']);
});

it('has the limit raised for a capture that would not fit, and given back', async ({ room }) => {
  const { service, console } = await running(room);
  await service.behave({ fits: false });
  const asked = once(console.child, 'message');
  const taking = console.ask('POST', '/api/snapshots', {});
  const [{ raise_limit, id }] = await asked;
  expect(raise_limit.bytes).toBeGreaterThan(450 * 2 ** 20);
  const over = once(console.child, 'message');
  console.child.send({ id, raised: { from_bytes: 256 * 2 ** 20, to_bytes: raise_limit.bytes } });
  expect((await taking).status).toBe(201);
  expect((await over)[0]).toEqual({ capture_over: true });
  expect((await console.now()).limit_raised_from_bytes).toBe(256 * 2 ** 20);
  const lowered = {
    from_bytes: raise_limit.bytes,
    to_bytes: 256 * 2 ** 20,
    restored: true,
    reason: 'use allows it',
  };
  console.child.send({ limit_lowered: lowered });
  await until(console.now, (now) => now.limit_raised_from_bytes === null);
  const kinds = (await console.events()).map(({ kind }) => kind);
  expect(kinds.slice(-3)).toEqual(['limit_raised', 'snapshot', 'limit_restored']);
});

it('takes one at a time, keeps what is pinned, and clears away half files', async ({ room }) => {
  const { console, take, list, directory, service } = await running(room);
  writeFileSync(join(directory, 'left.heapsnapshot.partial'), '{');
  const answers = await Promise.all([1, 2].map(() => console.ask('POST', '/api/snapshots', {})));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 429]);
  const first = answers.find(({ status }) => status === 201)?.json as SnapshotRecord;
  await console.ask('PATCH', `/api/snapshots/${first.id}`, { pinned: true });
  const second = await take();
  await service.behave({ repeats: true });
  for (let more = 0; more < 20; more += 1) await take();
  const { snapshots } = await list();
  expect(snapshots).toHaveLength(20);
  expect(snapshots.map(({ id }) => id)).toContain(first.id);
  expect(snapshots.map(({ id }) => id)).not.toContain(second.id);
  await service.end('SIGKILL');
  await startScriptedService(room, service.port);
  await until(
    () => readdirSync(directory),
    (files) => files.length === 20 && files.every((file) => !file.endsWith('.partial')),
  );
}, 60_000);

it('gives a snapshot as it is on the disk', async ({ room }) => {
  const { console, take } = await running(room);
  const { id, size_bytes, file } = await take();
  const answer = await fetch(`${console.url}/api/snapshots/${id}/file`);
  expect(answer.headers.get('content-disposition')).toContain(file);
  expect((await answer.arrayBuffer()).byteLength).toBe(size_bytes);
  expect((await fetch(`${console.url}/api/snapshots/99/file`)).status).toBe(404);
});
