import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import type { LabState, ProgramState } from '../state/lab-state.ts';
import { identify } from '../state/process-identity.ts';
import { nameOf } from '../valkey/choose.ts';
import type { Keeper } from './keeper.ts';
import type { LimitedKeeper } from './patients.ts';
import { patientPort, type RunOptions, urlOf } from './programs.ts';

/** A run as the supervisor holds it. */
export interface Run {
  readonly options: RunOptions;
  readonly limit: MemoryLimit;
  readonly phase: LabState['phase'];
  readonly started_at: Date;
  readonly service: Keeper;
  readonly upstream: Keeper;
  readonly console: Keeper;
  readonly valkey: Keeper | undefined;
  readonly patients: readonly LimitedKeeper[];
  readonly raisedTo_bytes: number | undefined;
}

/** The run as others may read it. */
export function describeRun(run: Run): LabState {
  const { options, limit, phase, started_at } = run;
  const supervisor = identify(process.pid);
  if (supervisor === undefined) throw new Error('this process could not be identified');
  const program = (keeper: Keeper, url: string): ProgramState => ({
    process: keeper.life?.identity,
    url,
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
    service: program(run.service, urlOf(options.ports.service)),
    upstream: program(run.upstream, urlOf(options.ports.upstream)),
    console: program(run.console, urlOf(options.ports.console)),
    valkey: valkeyState(run, program),
    patients: run.patients.map(({ name, keeper, limit }) => ({
      name,
      limit: limit.description,
      ...program(keeper, urlOf(patientPort(options.ports, name))),
    })),
    limit_raised_to_bytes: run.raisedTo_bytes,
  };
}

/** The lab's own Valkey, or where somebody else's is. */
function valkeyState(
  { options: { valkey: choice }, valkey }: Run,
  program: (keeper: Keeper, url: string) => ProgramState,
): LabState['valkey'] {
  if (choice.kind === 'none') return undefined;
  return valkey === undefined ? { url: nameOf(choice.url) } : program(valkey, choice.url);
}
