import { join } from 'node:path';
import { incidentOf, seedFor } from '@leak-lab/incident';
import { expect } from 'vitest';
import { ask } from './ask.ts';
import { type LabCommand, untilAnswer } from './lab-command.ts';
import { leakingOf } from './leaking.ts';
import { fileReadings, processReadings, type Readings } from './telling.ts';

/** Where what is asked for is the way to the answer: profiles, snapshots, and what is made of them. */
const evidence = /^\/admin\/(memory\/(snapshot|diff)|heap\/(snapshot|diff|profile|allocations))$/;
const ofConsole = [
  '/api/now',
  '/api/events',
  '/api/samples',
  '/api/verdict',
  '/api/course',
  '/api/course/incidents',
  '/api/course/progress',
];

/** What a learner is called to: of another level the figures are others, and what is written is the same. */
const level = 1;

/** The seed of an incident with that leak alone, which is there at once. */
const seedOf = (id: string) =>
  seedFor(({ leaks, onset_seconds }) => leaks.length === 1 && leaks[0]?.id === id && onset_seconds === 0, {
    level,
  });

/** A lab with an incident that leaked, was killed, and leaks again in the next life: all there is to read of it. */
export async function readLabIn(lab: LabCommand, id: string): Promise<Readings> {
  const { service } = await lab.up();
  const seed = seedOf(id);
  const begun = await lab.run('incident', '--seed', `${seed}`, '--level', `${level}`);
  expect({ code: begun.code, stderr: begun.stderr }).toEqual({ code: 0, stderr: '' });
  const pid = async () => (await ask<{ pid: number }>(`${service.url}/health`)).pid;
  const first = await pid();
  const leaking = leakingOf(id);
  await leaking.send(service.url);
  process.kill(first, 'SIGKILL');
  await untilAnswer('the next life', async () => (await pid()) !== first);
  const held = await leaking.held(service.url);
  await leaking.send(service.url);
  // Else nothing is there that could be told.
  const { bytes_per_request = 0 } = incidentOf(seed, level).leaks[0] ?? {};
  expect((await leaking.held(service.url)) - held).toBeGreaterThan(leaking.least(bytes_per_request));
  await untilAnswer('a sample of the next life', async () => {
    const now = await ask<{ service: { pid: number | null } }>(`${lab.state().console.url}/api/now`);
    return now.service.pid !== null && now.service.pid !== first;
  });
  const readings = await readAll(lab);
  await lab.end();
  return readings;
}

async function readAll(lab: LabCommand): Promise<Readings> {
  const { service } = lab.state();
  const readings = [...(await readRoutes(service.url)), ...(await readBeside(lab))];
  readings.push(['./lab incident status', (await lab.run('incident', 'status')).stdout]);
  const refused = await lab.run('leak', 'cache', 'on');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('an incident is running') });
  return withoutFolder(lab, [...readings, ['./lab leak', refused.stderr]]);
}

/** All that a service answers to a GET but what is the way to the answer. */
export async function readRoutes(url: string): Promise<[string, string][]> {
  const { paths } = await ask<{ paths: Record<string, object> }>(`${url}/openapi.json`);
  const routes = Object.keys(paths).filter((path) => 'get' in (paths[path] ?? {}) && !evidence.test(path));
  expect(routes).toEqual(expect.arrayContaining(['/metrics', '/admin/sample', '/admin/leaks/status']));
  return Promise.all(routes.map((path) => readAt(url, path)));
}

/** What the console says, and the lab's processes, commands and files; `more` paths of the console beside the usual ones. */
export async function readBeside(lab: LabCommand, more: readonly string[] = []): Promise<[string, string][]> {
  const { service, console, upstream, supervisor } = lab.state();
  const readings = await Promise.all([...ofConsole, ...more].map((path) => readAt(console.url, path)));
  for (const [name, { process }] of Object.entries({ service, console, upstream })) {
    if (process) readings.push(...processReadings(name, process.pid));
  }
  readings.push(...processReadings('supervisor', supervisor.pid));
  for (const options of [[], ['--json']]) {
    readings.push([`./lab status ${options}`, (await lab.run('status', ...options)).stdout]);
  }
  // What the console recorded is profiles, too: its database is the way to the answer.
  const folders = ['', 'logs', 'shared', join('shared', 'incident'), join('console', 'course')];
  for (const folder of folders) readings.push(...filesIn(lab, folder));
  return readings;
}

export const filesIn = (lab: LabCommand, folder: string): [string, string][] =>
  fileReadings(join(lab.folder, folder)).map(([file, text]) => [file.slice(lab.folder.length), text]);

export const withoutFolder = (lab: LabCommand, readings: Iterable<readonly [string, string]>): Readings =>
  new Map([...readings].map(([where, text]) => [where, text.replaceAll(lab.folder, '')]));

async function readAt(url: string, path: string): Promise<[string, string]> {
  const answer = await fetch(url + path);
  const text = await answer.text();
  // What is asked names all that there is: the same words in each incident, in one line with times that are not.
  const told = path.startsWith('/api/course') ? text.replaceAll(/[,[\]{}]/g, '\n') : text;
  return [`${answer.status} ${path}`, told];
}
