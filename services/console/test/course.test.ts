import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidentRecord } from '@leak-lab/course';
import { expect, vi } from 'vitest';
import type { Course, RunningLab, SampleSeries } from '../src/api/contract.ts';
import {
  course,
  errorOf,
  incident,
  item,
  post,
  running,
  startCourse,
  startService,
} from './support/course.ts';
import type { RunningConsole } from './support/processes.ts';
import { roomTest as it } from './support/room.ts';
import { until } from './support/until.ts';

// All begin at once, each with a console and a service of its own.
vi.setConfig({ testTimeout: 60_000 });

const pastIncident: IncidentRecord = {
  seed: 7,
  level: 1,
  begun_ms: 1,
  ended_ms: 61_000,
  answered: 1,
  points: 20,
  of: 100,
  parts: [{ key: 'finding', points: 20, of: 20, given: 'leak', was: 'leak' }],
};

it('begins a lab: an incident that nobody names, and traffic; only one at a time', async ({ room }) => {
  const { service, console } = await startCourse(room);
  expect((await post(console, 'check', {})).status).toBe(409);
  const begun = await post(console, 'start', { lab: '02' });
  expect(begun.status).toBe(200);
  expect(await incident(service.url)).toMatchObject({ running: true });
  await until(console.now, ({ sample }) => (sample?.requests_per_second ?? 0) > 80);

  const other = await post(console, 'start', { lab: '01' });
  expect(other.status).toBe(409);
  expect(errorOf(other)).toMatchObject({
    code: 'lab_running',
    message: expect.stringContaining('--instead'),
  });
  expect((await running(console)).id).toBe('02');
  const twice = await post(console, 'start', { lab: '02' });
  expect(errorOf(twice)).toMatchObject({
    code: 'lab_running',
    message: expect.stringContaining('0 of 4 done'),
  });
  expect((await post(console, 'start', { lab: '01', instead: true })).status).toBe(200);
  expect(await incident(service.url)).toMatchObject({ running: false });

  expect((await post(console, 'reset', {})).status).toBe(200);
  expect((await course(console)).running).toBeNull();
  await until(console.now, ({ sample }) => (sample?.requests_per_second ?? 0) < 10);
});

it('begins no lab whose other server is not there, and ends nothing for it', async ({ room }) => {
  const { service, console } = await startCourse(room);
  await post(console, 'start', { lab: '02' });
  const refused = await post(console, 'start', { lab: '12', instead: true });
  expect(refused.status).toBe(409);
  expect(errorOf(refused)).toMatchObject({
    code: 'no_valkey',
    message: expect.stringMatching(/apt install valkey[\s\S]*Nothing was changed/),
  });
  expect((await running(console)).id).toBe('02');
  expect(await incident(service.url)).toMatchObject({ running: true });
});

it('takes an answer for what it is, and changes nothing by one that is none', async ({ room }) => {
  const { console } = await startCourse(room);
  await post(console, 'start', { lab: '02' });
  const before = await running(console);
  const unknown = await post(console, 'answer', { key: 'bytes', value: '3' });
  expect(unknown.status).toBe(400);
  expect(errorOf(unknown).message).toContain('bytes_per_request');
  const none = await post(console, 'answer', { key: 'bytes_per_request', value: 'a lot' });
  expect(none.status).toBe(400);
  expect(errorOf(none)).toMatchObject({ code: 'not_an_answer', message: expect.stringContaining('12.3 KB') });
  const seen = await post(console, 'answer', { key: 'held_without_traffic', value: 'yes' });
  expect(errorOf(seen).message).toContain('by itself');
  expect((await running(console)).items.map(({ given }) => given)).toEqual(before.items.map(() => null));

  await post(console, 'answer', { key: 'bytes_per_request', value: '7.5 KB' });
  expect(item(await running(console), 'bytes_per_request')).toMatchObject({
    state: 'waiting',
    given: '7.5 KB',
    saw: expect.stringContaining('cannot tell yet'),
  });
});

it('judges by what it measured, and begins anew when one of two was tried twice', async ({ room }) => {
  const { service, console } = await startCourse(room);
  await post(console, 'start', { lab: '02' });
  const seeds = () =>
    (
      JSON.parse(readFileSync(join(room.folder, 'data/course/progress.json'), 'utf8')) as {
        session: { seeds: number[] };
      }
    ).session.seeds;
  const first = seeds();
  await post(console, 'traffic', { per_second: 600 });
  await post(console, 'answer', { key: 'finding', value: 'load' });
  await until(
    () => fetch(`${service.url}/admin/gc`, { method: 'POST' }).then(() => running(console)),
    (lab) => item(lab, 'finding')?.state === 'wrong',
    60_000,
  );
  const again = await post(console, 'answer', { key: 'finding', value: 'load' });
  const after = (again.json as Course).running;
  expect(after?.notice).toContain('began anew');
  expect(after?.items.every(({ given }) => given === null)).toBe(true);
  expect(seeds()).not.toEqual(first);
  expect(await incident(service.url)).toMatchObject({ running: true });
}, 90_000);

it('holds an answer and a check against what was done just before them', async ({ room }) => {
  const { service, console } = await startCourse(room);
  const collect = () => fetch(`${service.url}/admin/gc`, { method: 'POST' });
  const requests = async (more: number) => {
    const { sample } = await console.now();
    const least = (sample?.requests_total ?? 0) + more;
    await until(console.now, (now) => (now.sample?.requests_total ?? 0) >= least, 30_000);
  };
  /** As they are in the answer itself: a moment later the next look may have come. */
  const statesAfter = async (what: string, body: object) => {
    const { running } = (await post(console, what, body)).json as Course;
    return Object.fromEntries(running?.items.map(({ key, state }) => [key, state]) ?? []);
  };
  await post(console, 'start', { lab: '01' });
  await post(console, 'traffic', { per_second: 400 });
  await requests(2_200);
  await collect();
  await requests(1_700);
  await collect();
  const answered = await statesAfter('answer', { key: 'grows', value: 'no' });
  expect(answered['grows']).not.toBe('waiting');
  expect(answered['traffic'], 'an effect that the answer is of').toBe('ok');

  await post(console, 'start', { lab: '01', instead: true });
  await post(console, 'traffic', { per_second: 400 });
  await requests(600);
  await collect();
  await requests(1_700);
  await collect();
  expect(await statesAfter('check', {})).toMatchObject({ traffic: 'ok' });
});

it('survives the end of the console at any moment, and of the service', async ({ room }) => {
  const { service, console, open } = await startCourse(room);
  await post(console, 'start', { lab: '02' });
  await post(console, 'answer', { key: 'seconds_to_limit', value: '3 min' });
  await post(console, 'hint', {});
  const before = await running(console);
  await console.end('SIGKILL');
  const second = await open();
  const after = await running(second);
  expect(after).toEqual({ ...before, items: expect.anything() });
  expect(item(after, 'seconds_to_limit')).toMatchObject({ given: '3 min' });
  await until(second.now, ({ sample }) => (sample?.requests_per_second ?? 0) > 80);
  // Whoever ends the incident behind its back: with the next life of the service, or of the console, it is there again.
  await fetch(`${service.url}/admin/incident`, { method: 'DELETE' });
  await second.end('SIGTERM');
  await open();
  await until(
    () => incident(service.url),
    (state) => state.running,
  );
});

it('keeps a file of progress aside that it cannot read, says so, and goes on', async ({ room }) => {
  const folder = join(room.folder, 'data/course');
  await mkdir(folder, { recursive: true });
  writeFileSync(join(folder, 'progress.json'), '{"version": 1, "labs"');
  const { console } = await startCourse(room);
  const { warnings } = await console.now();
  expect(warnings.find(({ code }) => code === 'progress_set_aside')?.message).toContain('begins anew');
  expect(readdirSync(folder).filter((name) => name.includes('unreadable'))).toHaveLength(1);
  expect((await post(console, 'start', { lab: '01' })).status).toBe(200);
});

it('opens a solution to one who has passed, or gives up', async ({ room }) => {
  const { console } = await startCourse(room);
  const closed = await post(console, 'solution', { lab: '02' });
  expect(closed.status).toBe(409);
  expect(errorOf(closed).message).toContain('--give-up');
  expect((await post(console, 'solution', { lab: '02', give_up: true })).status).toBe(200);
  expect((await course(console)).labs.find(({ id }) => id === '02')?.standing).toBe('given_up');
  expect((await post(console, 'solution', { lab: '02' })).status).toBe(200);
  expect((await console.ask('GET', '/api/course/labs/99')).status).toBe(404);
});

it('hints at what the live state says first', async ({ room }) => {
  const { console } = await startCourse(room);
  await post(console, 'start', { lab: '02' });
  await post(console, 'traffic', { per_second: 0 });
  const { hints } = ((await post(console, 'hint', {})).json as Course).running as RunningLab;
  expect(hints).toHaveLength(1);
  expect(hints[0]).toMatch(/No requests in the last 60 s|as it was before/);
  const more = ((await post(console, 'hint', {})).json as Course).running as RunningLab;
  expect(more.hints).toHaveLength(2);
  expect(more.hints[1]).toMatch(/Two readings of one process/);
});

it('takes what was reached elsewhere where it knows of nothing, and only then', async ({ room }) => {
  const { console } = await startCourse(room);
  const kept = {
    version: 1,
    labs: { '01': { begun: 1, passed_at_ms: 5, given_up: false } },
    incidents: [pastIncident],
    session: null,
  };
  expect(errorOf(await post(console, 'progress', { version: 2 })).code).toBe('invalid_body');
  expect((await post(console, 'progress', kept)).status).toBe(200);
  expect(await console.get('/api/course/progress')).toEqual(kept);
  expect(errorOf(await post(console, 'progress', kept)).code).toBe('progress_kept');
  expect((await course(console)).labs[0]).toMatchObject({ id: '01', standing: 'passed' });
});

it('takes what was reached before there were incidents, and loses none of those that are over', async ({
  room,
}) => {
  const { console } = await startCourse(room);
  const old = { version: 1, labs: {}, session: null };
  expect((await post(console, 'progress', old)).status).toBe(200);
  expect(await console.get('/api/course/progress')).toEqual({ ...old, incidents: [] });
  const over = { ...old, incidents: [pastIncident] };
  expect((await post(console, 'progress', over)).status).toBe(200);
  expect(errorOf(await post(console, 'progress', old)).code).toBe('progress_kept');
  expect(await console.get('/api/course/progress')).toEqual(over);
});

it('what the services beside the first told survives the end of the console, and goes with the lab', async ({
  room,
}) => {
  const besides = await Promise.all(['b', 'c'].map((name) => startService(room, `incident-${name}`)));
  // As on Docker, somebody else starts and stops them.
  const PATIENT_URLS = besides.map(({ url }) => url).join();
  const { console, open } = await startCourse(room, { MODE: 'docker', PATIENT_URLS });
  const timesOf = (of: RunningConsole) => async () => {
    const { columns } = await of.get<Partial<SampleSeries>>('/api/samples?service=c');
    return columns?.time_ms ?? [];
  };
  await post(console, 'start', { lab: '06' });
  const before = await until(timesOf(console), (times) => times.length >= 3);
  await post(console, 'answer', { key: 'bytes_c', value: '4 KB' });
  await console.end('SIGKILL');

  const second = await open();
  await until(timesOf(second), (times) => times.length > before.length + 1);
  expect((await timesOf(second)()).slice(0, before.length)).toEqual(before);
  expect(item(await running(second), 'bytes_c')).toMatchObject({ state: 'waiting' });

  await post(second, 'reset', { lab: '06' });
  const gone = await second.ask('GET', '/api/samples?service=c');
  expect({ status: gone.status, ...errorOf(gone) }).toMatchObject({ status: 404, code: 'unknown_service' });
  expect(readdirSync(join(room.folder, 'data'))).not.toContain('patients');
  for (const { url } of besides) expect(await incident(url)).toMatchObject({ running: false });
}, 60_000);
