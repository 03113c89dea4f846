import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeWorkpiece } from '@leak-lab/course/workpiece';
import { test } from 'vitest';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';
import { get, keepCode } from './load.ts';

export const features = resolve(import.meta.dirname, '../src/features');

/** What GET /admin/work tells. */
export interface Work {
  readonly loaded: readonly { id: string; file: string; threw: { count: number; last: object | null } }[];
  readonly ended: object | null;
}

/** A folder with a copy of a feature's file, and services that run it. */
export class WorkRoom {
  readonly folder = mkdtempSync(join(tmpdir(), 'leak-lab-learner-'));
  readonly directory = join(this.folder, 'work');
  readonly file: string;
  readonly #services: RunningService[] = [];

  constructor(feature = 'response-cache.ts') {
    this.file = makeWorkpiece(join(features, feature), this.directory).path;
  }

  async start(env: Record<string, string> = {}): Promise<RunningService> {
    const note = join(this.folder, 'notes', 'ended.json');
    const service = await startLeakyService({
      env: { LOG_LEVEL: 'silent', WORK_DIRECTORY: this.directory, WORK_NOTE_FILE: note, ...env },
      nodeFlags: [keepCode],
      stderr: 'pipe',
    });
    this.#services.push(service);
    return service;
  }

  read(): string {
    return readFileSync(this.file, 'utf8');
  }

  write(text: string): void {
    writeFileSync(this.file, text);
  }

  /** Writes `more` after the first statement of `handle`. */
  writeIntoHandle(more: string): void {
    const first = 'const key = cacheKey(request);';
    this.write(this.read().replace(first, `${first}\n    ${more}`));
  }

  /** The line of the file, from 1, in which a text stands first. */
  lineOf(text: string): number {
    const lines = this.read().split('\n');
    return 1 + lines.findIndex((line) => line.includes(text));
  }

  async end(): Promise<void> {
    const running = this.#services.filter(
      ({ child }) => child.exitCode === null && child.signalCode === null,
    );
    await Promise.all(running.map((service) => service.stop()));
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true });
  }
}

export const load = ({ url }: RunningService, more: object = {}, id = 'cache') =>
  fetch(`${url}/admin/leaks/${id}`, {
    method: 'POST',
    body: JSON.stringify({ enabled: true, variant: 'learner', ...more }),
  });

export const workOf = ({ url }: RunningService) => get<Work>(url, '/admin/work');

/** A test with a room of its own, so that tests which wait run at the same time. */
export const roomTest = test.extend<{ room: WorkRoom }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's needs from this pattern
  room: async ({}, use) => {
    const room = new WorkRoom();
    await use(room);
    await room.end();
  },
});
