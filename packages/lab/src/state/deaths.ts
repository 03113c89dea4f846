import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { EndedBy } from '../supervisor/cause-of-death.ts';
import type { ProgramName } from '../supervisor/program.ts';
import type { StateDirectory } from './state-directory.ts';

/** One death of a program, as it is written down. */
export interface Death {
  readonly time: string;
  readonly program: ProgramName;
  readonly pid: number;
  readonly uptime_seconds: number;
  readonly exit_code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What a shell or Docker would show: the exit code, or 128 and the signal's number. */
  readonly exit_status: number;
  readonly ended_by: EndedBy;
  /** How `ended_by` is known. */
  readonly evidence: string;
  readonly last_memory_bytes: number | null;
  readonly memory_limit_bytes: number | null;
}

/** Adds a death to the record; it is on the disk when this returns. */
export function recordDeath(directory: StateDirectory, death: Death): void {
  const file = openSync(directory.deaths, 'a');
  try {
    writeSync(file, `${JSON.stringify(death)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** All deaths written down, oldest first; a line cut off by a power failure is left out. */
export function readDeaths(directory: StateDirectory): Death[] {
  let text: string;
  try {
    text = readFileSync(directory.deaths, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Death];
    } catch {
      return [];
    }
  });
}
