import { endedByMemory } from '../../../../services/console/src/api/contract/deaths.ts';
import { lastContainerDeath } from '../docker/last-death.ts';
import type { RunningLab } from '../running-lab.ts';
import { type Death, readDeaths } from '../state/deaths.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import { causeInWords } from '../supervisor/cause-of-death.ts';
import { inspectContainer } from './readers/container-reader.ts';

/** How a target ended, by whoever keeps it. */
export interface CauseOfEnd {
  readonly words: string;
  /** Whether it was for want of memory. */
  readonly killed: boolean;
}

/** What the lab's own record, or Docker's, says of a death of the service since `since`; `undefined` where it says nothing. */
export function causeInLab({ embedded, directory }: RunningLab, since: Date): CauseOfEnd | undefined {
  if (embedded !== undefined) return causeInRecord(directory, since);
  const words = lastContainerDeath(since);
  return words === undefined ? undefined : { words, killed: /want of memory|exit 13[49]/.test(words) };
}

function causeInRecord(directory: StateDirectory, since: Date): CauseOfEnd | undefined {
  const of = ({ program, time }: Death) => program === 'service' && new Date(time) >= since;
  const death = readDeaths(directory).find(of);
  if (death === undefined) return undefined;
  const words = `${causeInWords(death.ended_by)} (exit ${death.exit_status}), ${death.evidence}`;
  return { words, killed: endedByMemory.has(death.ended_by) };
}

/** What Docker says of a container that ended and was not started again. */
export async function causeOfContainer(name: string): Promise<CauseOfEnd | undefined> {
  const facts = await inspectContainer(name).catch(() => undefined);
  if (facts === undefined || facts.running) return undefined;
  const words = facts.oom_killed ? 'killed for want of memory' : 'ended by itself';
  return { words: `${words} (exit ${facts.exit_code})`, killed: facts.oom_killed };
}
