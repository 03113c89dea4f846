import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { LimitDescription } from '../memory-limit/memory-limit.ts';
import type { ProcessIdentity } from './process-identity.ts';
import type { StateDirectory } from './state-directory.ts';

/** A program of the lab as it is now. */
export interface ProgramState {
  readonly process: ProcessIdentity | undefined;
  readonly url: string;
  readonly started_at: string;
  readonly deaths: number;
}

/** What the supervisor tells everybody else, by its state file. */
export interface LabState {
  readonly version: 1;
  readonly supervisor: ProcessIdentity;
  readonly started_at: string;
  readonly phase: 'starting' | 'running' | 'stopping';
  readonly limit: LimitDescription;
  readonly leaks: string;
  readonly heap_limit_mb: number | undefined;
  readonly service: ProgramState;
  readonly upstream: ProgramState;
  readonly console: ProgramState;
  /** The limit while it is raised for a snapshot, in place of `limit.limit_bytes`. */
  readonly limit_raised_to_bytes: number | undefined;
}

/** Writes the state whole or not at all. */
export function writeState(directory: StateDirectory, state: LabState): void {
  const draft = `${directory.state}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(draft, directory.state);
}

/** The last state written, or `undefined` where there is none that can be read. */
export function readState(directory: StateDirectory): LabState | undefined {
  try {
    const state = JSON.parse(readFileSync(directory.state, 'utf8')) as LabState;
    return state.version === 1 ? state : undefined;
  } catch {
    return undefined;
  }
}

export function removeState(directory: StateDirectory): void {
  rmSync(directory.state, { force: true });
}
