import { join } from 'node:path';
import { seedFor } from '@leak-lab/incident';
import { startLeakyService } from '../../../../test/support/processes.ts';
import type { Course, RunningLab } from '../../src/api/contract.ts';
import { type RunningConsole, startConsole } from './processes.ts';
import type { Room } from './room.ts';
import { until } from './until.ts';

/** The folder of the learner's copies. */
export const workDirectory = ({ folder }: Room): string => join(folder, 'work');

/** A real service that keeps its incident. */
export async function startService(
  room: Room,
  incidentFile: string,
  env: Readonly<Record<string, string>> = {},
) {
  const INCIDENT_FILE = join(room.folder, incidentFile);
  const service = await startLeakyService({
    env: { INCIDENT_FILE, WORK_DIRECTORY: workDirectory(room), ...env },
  });
  room.atEnd(() => (service.child.signalCode === null ? service.stop() : undefined));
  return service;
}

/** The console of a course over it. */
export async function startCourse(room: Room, env: Readonly<Record<string, string>> = {}) {
  const service = await startService(room, 'incident');
  const port = Number(new URL(service.url).port);
  const open = async () => {
    const console = await startConsole({
      room,
      service: { port },
      env: { WORK_DIRECTORY: workDirectory(room), ...env },
    });
    await until(console.now, ({ service: { state } }) => state === 'up');
    return console;
  };
  return { service, port, open, console: await open() };
}

export const course = (console: RunningConsole) => console.get<Course>('/api/course');
export const running = async (console: RunningConsole) => (await course(console)).running as RunningLab;
export const post = (console: RunningConsole, what: string, body: object) =>
  console.ask('POST', `/api/course/${what}`, body);
export const errorOf = ({ json }: { json: unknown }) =>
  (json as { error: { code: string; message: string } }).error;
export const incident = async (url: string) =>
  (await (await fetch(`${url}/admin/incident`)).json()) as { running: boolean };
export const item = (lab: RunningLab, key: string) => lab.items.find((one) => one.key === key);

/** A seed of an incident that is this alone. At another level the same seed is another incident. */
export const seedOf = (id: string, level: 1 | 2 = 2): number =>
  seedFor(({ leaks }) => leaks.length === 1 && leaks[0]?.id === id, { level });
