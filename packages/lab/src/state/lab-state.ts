import { readFileSync, rmSync } from 'node:fs';
import type { LimitDescription } from '../memory-limit/memory-limit.ts';
import type { PatientName } from '../supervisor/program.ts';
import type { ProcessIdentity } from './process-identity.ts';
import type { StateDirectory } from './state-directory.ts';
import { writeWhole } from './write-whole.ts';

/** A program of the lab as it is now. */
export interface ProgramState {
  readonly process: ProcessIdentity | undefined;
  readonly url: string;
  readonly started_at: string;
  readonly deaths: number;
}

/** A service beside the first, inside a limit of its own. */
export interface PatientState extends ProgramState {
  readonly name: PatientName;
  readonly limit: LimitDescription;
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
  /** Services that the lab under way has beside the first. */
  readonly patients: readonly PatientState[];
  /** The Valkey that the service may write to: the lab's own, or one given by its address; none where none was found. */
  readonly valkey: ProgramState | { readonly url: string } | undefined;
  /** The limit while it is raised for a snapshot, in place of `limit.limit_bytes`. */
  readonly limit_raised_to_bytes: number | undefined;
}

/** Writes the state whole or not at all. */
export function writeState(directory: StateDirectory, state: LabState): void {
  writeWhole(directory.state, state);
}

/** The last state written, or `undefined` where there is none that can be read. */
export function readState(directory: StateDirectory): LabState | undefined {
  try {
    const written = JSON.parse(readFileSync(directory.state, 'utf8')) as LabState;
    const state = { ...written, patients: written.patients ?? [] };
    return state.version === 1 ? state : undefined;
  } catch {
    return undefined;
  }
}

export function removeState(directory: StateDirectory): void {
  rmSync(directory.state, { force: true });
}
