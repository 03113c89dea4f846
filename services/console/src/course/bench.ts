import { join } from 'node:path';
import { type Lab, partsOf, type Setup } from '@leak-lab/course';
import { makeWorkpiece, moveAside } from '@leak-lab/course/workpiece';
import { incidentOf } from '@leak-lab/incident';
import type { Logger } from 'pino';

export interface BenchDeps {
  readonly workDirectory: string;
  readonly sourceDirectory: string | undefined;
  readonly logger: Logger;
}

/** The name of the file that is to be mended, where one is. */
export function fileToMend({ mend, level }: Setup, [seed]: readonly number[]): string | undefined {
  return mend === undefined || seed === undefined ? undefined : mend(incidentOf(seed, level));
}

/** Whether some part of a lab has a file to be mended. */
export const mendsAnything = (lab: Lab): boolean =>
  partsOf(lab).some(({ setup }) => setup.mend !== undefined);

/** The learner's copies of the service's files. On Docker the folder may be the host's alone to write to: then the command makes them. */
export class Bench {
  readonly #deps: BenchDeps;

  constructor(deps: BenchDeps) {
    this.#deps = deps;
  }

  /** Makes the copy; one that is there stays. */
  lay(setup: Setup, seeds: readonly number[]): void {
    const { workDirectory, sourceDirectory, logger } = this.#deps;
    const file = fileToMend(setup, seeds);
    if (file === undefined || sourceDirectory === undefined) return;
    try {
      makeWorkpiece(join(sourceDirectory, 'features', file), workDirectory);
    } catch (error) {
      logger.warn({ err: error }, 'the copy to be mended was not made here');
    }
  }

  /** Moves what was edited for a lab aside. */
  clear(lab: Lab): void {
    const { workDirectory, logger } = this.#deps;
    if (!mendsAnything(lab)) return;
    try {
      moveAside(workDirectory);
    } catch (error) {
      logger.warn({ err: error }, 'what was edited was not moved aside here');
    }
  }
}
