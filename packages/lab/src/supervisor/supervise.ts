import { mkdirSync } from 'node:fs';
import { LabError } from '../lab-error.ts';
import { chooseLimit, type LimitChoice } from '../memory-limit/choose.ts';
import { claimPorts } from '../ports/claim-ports.ts';
import { removeState } from '../state/lab-state.ts';
import { releaseLock, takeLock } from '../state/lock.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import { LabRun } from './lab-run.ts';
import { clearLeftovers, emptyCgroup } from './leftovers.ts';
import { type RunOptions, reportsFolder, snapshotsFolder } from './programs.ts';
import type { Say } from './voice.ts';

export interface SuperviseOptions extends RunOptions {
  readonly memory_limit_bytes: number;
  readonly limit_by: LimitChoice;
  readonly directory: StateDirectory;
  readonly say: Say;
  /** Aborted to stop the lab; a second reason, `now`, ends it without draining. */
  readonly stop: AbortSignal;
  readonly now: AbortSignal;
  /** Called once, when service and console answer for the first time. */
  readonly onReady: () => void;
  /** The folder with the programs; another one in tests. */
  readonly services?: string;
}

/**
 * Runs the embedded lab until it is told to stop: takes the lock, clears what a killed supervisor
 * left, makes the limit, keeps service, upstream and console running, and leaves nothing behind.
 * Throws a `LabError` when it cannot start.
 */
export async function supervise(options: SuperviseOptions): Promise<void> {
  const { directory, say } = options;
  const lock = takeLock(directory);
  if (!lock.taken) throw alreadyRunning(lock.holder.pid);
  try {
    const left = await clearLeftovers(directory);
    if (left !== undefined)
      say(`Cleared what a killed lab left: ${left.processes.length} process(es), its cgroup and state.`);
    const ports = await claimPorts(options.ports);
    const limit = chooseLimit(options.memory_limit_bytes, options.limit_by);
    try {
      makeFolders(directory);
      await new LabRun({ ...options, ports }, limit).run();
    } finally {
      limit.remove();
      const { cgroup_directory } = limit.description;
      if (cgroup_directory !== undefined) await emptyCgroup(cgroup_directory);
      removeState(directory);
    }
  } finally {
    releaseLock(directory);
  }
}

export function alreadyRunning(pid: number): LabError {
  return new LabError({
    problem: `The lab runs already (supervisor: process ${pid}).`,
    expected: 'one lab for each state folder',
    advice: './lab status shows it; ./lab down stops it',
  });
}

function makeFolders(directory: StateDirectory): void {
  const folders = [snapshotsFolder(directory), reportsFolder(directory), directory.console, directory.valkey];
  for (const folder of folders) mkdirSync(folder, { recursive: true });
}
