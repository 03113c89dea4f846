import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Incident, incidentOf, seedFor } from '@leak-lab/incident';
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import {
  type RunningService,
  type StartOptions,
  startLeakyService,
  startUpstream,
} from '../../../test/support/processes.ts';
import { get, keepCode, post } from './load.ts';

export const path = '/admin/incident';
/** What is told where no incident runs. */
export const none = { running: false, started_at: null };

/** Where the services of one test keep their incident, and how they are started. */
export interface IncidentRoom {
  readonly folder: string;
  /** Of the incident; nothing is there yet. */
  readonly file: string;
  /** A service that the end of the test stops. */
  start(env?: Record<string, string>, options?: StartOptions): Promise<RunningService>;
}

/** A room for each test of the file that calls it, and an upstream for all of them. */
export function incidentRooms(): () => IncidentRoom {
  let upstream: RunningService;
  let folder: string;
  beforeAll(async () => {
    upstream = await startUpstream();
  });
  afterAll(() => upstream.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'leak-lab-incident-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const file = join(folder, 'incident', 'seed');
    const start = async (env: Record<string, string> = {}, options: StartOptions = {}) => {
      const service = await startLeakyService({
        env: { LOG_LEVEL: 'warn', UPSTREAM_URL: upstream.url, INCIDENT_FILE: file, ...env },
        nodeFlags: [keepCode],
        ...options,
      });
      onTestFinished(async () => {
        if (service.child.exitCode === null && service.child.signalCode === null) await service.stop();
      });
      return service;
    };
    return { folder, file, start };
  };
}

/** A seed of an incident that is one leak, and nothing else. */
export const seedOf = (id: string, fits: (incident: Incident) => boolean = () => true): number =>
  seedFor((incident) => incident.leaks.length === 1 && incident.leaks[0]?.id === id && fits(incident));
export const atOnce = ({ onset_seconds }: Incident): boolean => onset_seconds === 0;
/** Bytes a request of the incident of a seed. */
export const bytesOf = (seed: number): number => incidentOf(seed).leaks[0]?.bytes_per_request ?? Number.NaN;

export const stateOf = ({ url }: RunningService): Promise<{ running: boolean; started_at: string | null }> =>
  get(url, path);
export const begin = ({ url }: RunningService, seed: unknown): Promise<unknown> => post(url, path, { seed });
export const end = async ({ url }: RunningService): Promise<unknown> =>
  (await fetch(url + path, { method: 'DELETE' })).json();

/** The status of an answer, and what its error says, where it is one. */
export async function refusal(
  { url }: RunningService,
  method: string,
  at: string,
  json?: unknown,
): Promise<{ status: number; code: string | undefined; message: string | undefined }> {
  const body = json === undefined ? null : JSON.stringify(json);
  const answer = await fetch(url + at, { method, body });
  const { error } = (await answer.json()) as { error?: { code: string; message: string } };
  return { status: answer.status, code: error?.code, message: error?.message };
}
