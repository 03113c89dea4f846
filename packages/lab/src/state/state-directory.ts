import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writing } from './writing.ts';

export const programs = [
  'service',
  'upstream',
  'console',
  'valkey',
  'patient-b',
  'patient-c',
  'supervisor',
] as const;
/** What has a log of its own. */
export type Program = (typeof programs)[number];

/** Where the embedded lab keeps what it knows of itself. */
export interface StateDirectory {
  readonly path: string;
  readonly lock: string;
  readonly state: string;
  readonly deaths: string;
  /** What service and console share: `snapshots/` and `reports/`. */
  readonly shared: string;
  /** The console's own: its database and what it makes of the evidence. */
  readonly console: string;
  /** The learner's copies of the service's files. */
  readonly work: string;
  /** Where the lab's own Valkey runs; it writes nothing there. */
  readonly valkey: string;
  /** What the services are given that a lab has beside the first, a folder for each. */
  readonly patients: string;
  log(program: Program): string;
}

/** Names the files under `path`, and makes the folders. Throws a `LabError` where they cannot be made. */
export function openStateDirectory(path: string): StateDirectory {
  writing(path, () => {
    for (const folder of ['logs', 'work']) mkdirSync(join(path, folder), { recursive: true });
  });
  return {
    path,
    lock: join(path, 'lab.lock'),
    state: join(path, 'state.json'),
    deaths: join(path, 'deaths.jsonl'),
    shared: join(path, 'shared'),
    console: join(path, 'console'),
    work: join(path, 'work'),
    valkey: join(path, 'valkey'),
    patients: join(path, 'patients'),
    log: (program) => join(path, 'logs', `${program}.log`),
  };
}
