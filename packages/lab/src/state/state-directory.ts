import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const programs = ['service', 'upstream', 'console', 'supervisor'] as const;
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
  log(program: Program): string;
}

/** Names the files under `path`, and makes the folders. */
export function openStateDirectory(path: string): StateDirectory {
  mkdirSync(join(path, 'logs'), { recursive: true });
  return {
    path,
    lock: join(path, 'lab.lock'),
    state: join(path, 'state.json'),
    deaths: join(path, 'deaths.jsonl'),
    shared: join(path, 'shared'),
    console: join(path, 'console'),
    log: (program) => join(path, 'logs', `${program}.log`),
  };
}
