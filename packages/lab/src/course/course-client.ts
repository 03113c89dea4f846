import type { Course, RunningLab } from '../../../../services/console/src/api/contract.ts';
import { ConsoleClient } from '../console-client.ts';
import { LabError } from '../lab-error.ts';
import { findLab } from '../running-lab.ts';

/** The console, for what the course does. */
export const courseClient = (): ConsoleClient => new ConsoleClient(findLab().consoleUrl);

/** The lab that runs. Throws a `LabError` where none does. */
export function runningIn({ running, labs }: Course): RunningLab {
  if (running !== null) return running;
  const next = labs.find(({ standing }) => standing !== 'passed') ?? labs[0];
  throw new LabError({
    problem: 'No lab is under way.',
    expected: 'one that was started',
    advice: `./lab start ${next?.id ?? '01'}; ./lab progress shows them all`,
  });
}

/** A lab's number as people write it: 2, 02, 02-steady-climb, labs/02-steady-climb. Throws a `LabError`. */
export function labNumber(text: string): string {
  const digits = /^(?:\.?\/?labs\/)?(\d{1,2})(?:-[a-z-]*)?\/?$/.exec(text.trim())?.[1];
  if (digits !== undefined) return digits.padStart(2, '0');
  throw new LabError({
    problem: 'That is not the number of a lab.',
    expected: 'two digits, as 02',
    came: JSON.stringify(text),
    advice: './lab progress shows the labs',
  });
}
