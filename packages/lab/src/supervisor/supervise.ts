import { LabError } from '../lab-error.ts';
import { chooseLimit, type LimitChoice } from '../memory-limit/choose.ts';
import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import { claimPorts } from '../ports/claim-ports.ts';
import { type Death, recordDeath } from '../state/deaths.ts';
import { type LabState, removeState, writeState } from '../state/lab-state.ts';
import { releaseLock, takeLock } from '../state/lock.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import { formatSeconds } from '../text/duration.ts';
import { announceDeath, announceReady } from './announcements.ts';
import { describeRun } from './describe-run.ts';
import { Keeper } from './keeper.ts';
import { clearLeftovers, emptyCgroup } from './leftovers.ts';
import { lastLines, rotateLog } from './log-file.ts';
import { type RunOptions, serviceProgram, servicesFolder, upstreamProgram } from './programs.ts';
import type { Say } from './voice.ts';

export interface SuperviseOptions extends RunOptions {
  readonly memory_limit_bytes: number;
  readonly limit_by: LimitChoice;
  readonly directory: StateDirectory;
  readonly say: Say;
  /** Aborted to stop the lab; a second reason, `now`, ends it without draining. */
  readonly stop: AbortSignal;
  readonly now: AbortSignal;
  /** Called once, when the service answers for the first time. */
  readonly onReady: () => void;
  /** The folder with the programs; another one in tests. */
  readonly services?: string;
}

const rotation_interval_ms = 10_000;

/**
 * Runs the embedded lab until it is told to stop: takes the lock, clears what a killed supervisor
 * left, makes the limit, keeps service and upstream running, and leaves nothing behind.
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
      await run({ ...options, ports }, limit);
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

async function run(options: SuperviseOptions, limit: MemoryLimit): Promise<void> {
  const { directory, say, ports, services = servicesFolder } = options;
  const begun = Date.now();
  let phase: LabState['phase'] = 'starting';

  const save = () =>
    writeState(
      directory,
      describeRun({ options, limit, phase, started_at: new Date(begun), service, upstream }),
    );
  const died = (keeper: () => Keeper) => (death: Death, next_start_ms: number) => {
    recordDeath(directory, death);
    say(announceDeath(death, keeper().deaths, next_start_ms));
    save();
  };
  const service: Keeper = new Keeper(serviceProgram(options, limit, directory, services), {
    started: () => save(),
    ready: (life, after_seconds) => {
      if (phase === 'running') {
        say(`✓ The service is back after ${formatSeconds(after_seconds)} (process ${life.identity?.pid}).`);
        return;
      }
      phase = 'running';
      save();
      say(
        announceReady(
          describeRun({ options, limit, phase, started_at: new Date(begun), service, upstream }),
          (Date.now() - begun) / 1000,
        ),
      );
      options.onReady();
    },
    died: died(() => service),
  });
  const upstream: Keeper = new Keeper(upstreamProgram(options, directory, services), {
    started: () => save(),
    ready: () => undefined,
    died: died(() => upstream),
  });

  options.now.addEventListener('abort', () => [service, upstream].map((keeper) => keeper.kill()));
  const killAtExit = () => [service, upstream].map((keeper) => keeper.kill());
  process.once('exit', killAtExit);
  const rotation = setInterval(() => {
    for (const program of ['service', 'upstream'] as const) rotateLog(directory.log(program));
  }, rotation_interval_ms);

  const stopped = new Promise<'stopped'>((resolve) => {
    if (options.stop.aborted) resolve('stopped');
    options.stop.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  try {
    const outcome = await Promise.race([stopped, hopeless(upstream.run()), hopeless(service.run())]);
    if (outcome !== 'stopped') throw couldNotStart(outcome, directory, ports[outcome.program]);
  } finally {
    phase = 'stopping';
    clearInterval(rotation);
    await Promise.all([service.stop(), upstream.stop()]);
    process.removeListener('exit', killAtExit);
  }
}

/** Resolves only with the death after which there is no sense in going on. */
async function hopeless(run: Promise<Death | undefined>): Promise<Death> {
  return (await run) ?? new Promise<never>(() => undefined);
}

export function alreadyRunning(pid: number): LabError {
  return new LabError({
    problem: `The lab runs already (supervisor: process ${pid}).`,
    expected: 'one lab for each state folder',
    advice: './lab status shows it; ./lab down stops it',
  });
}

function couldNotStart(death: Death, directory: StateDirectory, port: number): LabError {
  return new LabError({
    problem: `The ${death.program} did not start: it ended three times before it answered on port ${port}.`,
    expected: 'GET /health answers 200',
    came: `exit ${death.exit_status}; its last words:\n${lastLines(directory.log(death.program))}`,
    advice: `./lab logs ${death.program} shows all of it`,
  });
}
