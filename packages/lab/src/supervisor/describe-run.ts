import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import type { LabState, ProgramState } from '../state/lab-state.ts';
import { identify } from '../state/process-identity.ts';
import type { Keeper } from './keeper.ts';
import { type RunOptions, urlOf } from './programs.ts';

/** A run as the supervisor holds it. */
export interface Run {
  readonly options: RunOptions;
  readonly limit: MemoryLimit;
  readonly phase: LabState['phase'];
  readonly started_at: Date;
  readonly service: Keeper;
  readonly upstream: Keeper;
  readonly console: Keeper;
  readonly raisedTo_bytes: number | undefined;
}

/** The run as others may read it. */
export function describeRun(run: Run): LabState {
  const { options, limit, phase, started_at } = run;
  const supervisor = identify(process.pid);
  if (supervisor === undefined) throw new Error('this process could not be identified');
  const program = (keeper: Keeper, port: number): ProgramState => ({
    process: keeper.life?.identity,
    url: urlOf(port),
    started_at: (keeper.life?.started_at ?? started_at).toISOString(),
    deaths: keeper.deaths,
  });
  return {
    version: 1,
    supervisor,
    started_at: started_at.toISOString(),
    phase,
    limit: limit.description,
    leaks: options.leaks,
    heap_limit_mb: options.heap_limit_mb,
    service: program(run.service, options.ports.service),
    upstream: program(run.upstream, options.ports.upstream),
    console: program(run.console, options.ports.console),
    limit_raised_to_bytes: run.raisedTo_bytes,
  };
}
