import { setTimeout as pause } from 'node:timers/promises';
import { processesIn, removeCgroup } from '../memory-limit/cgroup.ts';
import { type LabState, readState, removeState } from '../state/lab-state.ts';
import { isAlive, type ProcessIdentity } from '../state/process-identity.ts';
import type { StateDirectory } from '../state/state-directory.ts';

/** What was still there of a lab whose supervisor is gone. */
export interface Leftovers {
  readonly processes: readonly number[];
  readonly cgroup_directory: string | undefined;
}

/** A child that lost its supervisor stops by itself; it gets this long before it is killed. */
const patience_ms = 2000;

/** Ends and removes what a supervisor left that was itself killed. Only the processes it wrote down. */
export async function clearLeftovers(directory: StateDirectory): Promise<Leftovers | undefined> {
  const state = readState(directory);
  if (state === undefined) return undefined;
  const processes = livingPrograms(state);
  for (const { pid } of processes) signal(pid, 'SIGTERM');
  await untilGone(processes, patience_ms);
  for (const identity of processes.filter(isAlive)) signal(identity.pid, 'SIGKILL');
  await untilGone(processes, patience_ms);
  const cgroup_directory = state.limit.cgroup_directory;
  const cgroups = [cgroup_directory, ...state.patients.map(({ limit }) => limit.cgroup_directory)];
  for (const directory of cgroups) if (directory !== undefined) await emptyCgroup(directory);
  removeState(directory);
  return { processes: processes.map(({ pid }) => pid), cgroup_directory };
}

function livingPrograms(state: LabState): ProcessIdentity[] {
  const { service, upstream, console, valkey, patients } = state;
  const own = valkey !== undefined && 'process' in valkey ? [valkey] : [];
  return [service, upstream, console, ...own, ...patients]
    .map(({ process }) => process)
    .filter((identity): identity is ProcessIdentity => identity !== undefined && isAlive(identity));
}

/** Removes a cgroup of the lab's; whatever is still in it was started in it. */
export async function emptyCgroup(directory: string): Promise<void> {
  for (const pid of processesIn(directory)) signal(pid, 'SIGKILL');
  for (let attempt = 0; attempt < 50 && !removeCgroup(directory); attempt++) await pause(20);
}

async function untilGone(processes: readonly ProcessIdentity[], at_most_ms: number): Promise<void> {
  const end = Date.now() + at_most_ms;
  while (processes.some(isAlive) && Date.now() < end) await pause(25);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}
