import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, reasonOf } from '../lab-error.ts';
import { makeCgroup } from '../memory-limit/cgroup.ts';
import { chooseLimit } from '../memory-limit/choose.ts';
import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import { makeScope } from '../memory-limit/systemd-scope.ts';
import { whyTaken } from '../ports/claim-ports.ts';
import { patientVariables } from '../settings.ts';
import { couldNotStartInWords } from './could-not-start.ts';
import type { Keeper, KeeperEvents } from './keeper.ts';
import { emptyCgroup } from './leftovers.ts';
import { type PatientName, type Program, patientNames } from './program.ts';
import { patientPort, patientProgram } from './programs.ts';
import type { SuperviseOptions } from './supervise.ts';

/** A program with the limit that is its own. */
export interface LimitedKeeper {
  readonly name: PatientName;
  readonly keeper: Keeper;
  readonly limit: MemoryLimit;
}

export interface PatientsDeps {
  readonly options: SuperviseOptions;
  readonly services: string;
  readonly keep: (program: Program, more: Partial<KeeperEvents>) => Keeper;
  /** Whenever there are others than before. */
  readonly changed: () => void;
}

/** The services that a lab has beside the first, each in a limit of its own: none until somebody wants them. */
export class Patients {
  readonly #deps: PatientsDeps;
  #all: readonly LimitedKeeper[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(deps: PatientsDeps) {
    this.#deps = deps;
  }

  get all(): readonly LimitedKeeper[] {
    return this.#all;
  }

  /** Starts them, unless they run. Resolves when they answer, or with the reason why they do not. */
  bring(): Promise<string | undefined> {
    return this.#inTurn(async () => {
      if (this.#stopped || this.#all.length > 0) return undefined;
      try {
        await this.#claimPorts();
        await this.#start();
        return undefined;
      } catch (error) {
        await this.#end();
        return error instanceof LabError ? inWords(error) : reasonOf(error);
      }
    });
  }

  /** Stops them, and leaves nothing of them but their logs. */
  away(): Promise<undefined> {
    return this.#inTurn(() => this.#end());
  }

  /** The same for good. */
  stop(): Promise<undefined> {
    this.#stopped = true;
    // Else those that are being started were waited for.
    for (const { keeper } of this.#all) void keeper.stop();
    return this.away();
  }

  /** Ends them at once. */
  kill(): void {
    for (const { keeper } of this.#all) keeper.kill();
  }

  async #start(): Promise<void> {
    const { options, services, keep, changed } = this.#deps;
    const { directory, ports, memory_limit_bytes, limit_by } = options;
    const begun: Promise<void>[] = [];
    this.#all = patientNames.map((name) => {
      const limit = chooseLimit(memory_limit_bytes, limit_by, process.platform, {
        cgroup: (bytes) => makeCgroup(bytes, undefined, undefined, `${process.pid}-${name}`),
        scope: makeScope,
      });
      mkdirSync(join(directory.patients, name, 'snapshots'), { recursive: true });
      const { promise, resolve } = Promise.withResolvers<void>();
      begun.push(promise);
      const program = patientProgram(name, patientPort(ports, name), options, limit, directory, services);
      return { name, limit, keeper: keep(program, { ready: () => resolve() }) };
    });
    // Before they run: who is killed now leaves word of their cgroups.
    changed();
    await Promise.all(
      this.#all.map(async ({ keeper }, index) => {
        const hopeless = keeper.run().then((death) => {
          if (death !== undefined) throw new Error(couldNotStartInWords(death, directory));
        });
        await Promise.race([begun[index], hopeless]);
        // Later it is started again whatever happens.
        hopeless.catch(() => undefined);
      }),
    );
  }

  async #end(): Promise<undefined> {
    const ended = this.#all;
    if (ended.length === 0) return;
    await Promise.all(ended.map(({ keeper }) => keeper.stop()));
    for (const { limit } of ended) {
      limit.remove();
      const { cgroup_directory } = limit.description;
      if (cgroup_directory !== undefined) await emptyCgroup(cgroup_directory);
    }
    rmSync(this.#deps.options.directory.patients, { recursive: true, force: true });
    this.#all = [];
    this.#deps.changed();
  }

  /** Throws a `LabError` that says by whom one is taken. */
  async #claimPorts(): Promise<void> {
    for (const name of patientNames) {
      const port = patientPort(this.#deps.options.ports, name);
      const taken = await whyTaken(port);
      if (taken === undefined) continue;
      throw new LabError({
        problem: `port ${port}, for the ${name}, ${taken.problem}`,
        came: taken.by,
        advice: `set ${patientVariables[name]} to another one in .env and start ./lab again`,
      });
    }
  }

  #inTurn<Done>(work: () => Promise<Done>): Promise<Done> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

const inWords = ({ complaint: { problem, came, advice } }: LabError): string =>
  [problem, came, advice].filter(Boolean).join('; ');
