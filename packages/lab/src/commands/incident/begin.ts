import type { Course } from '../../../../../services/console/src/api/contract.ts';
import { bringUp } from '../../course/bring-up.ts';
import { courseClient, runningIn } from '../../course/course-client.ts';
import { incidentLines } from '../../course/incident-words.ts';
import { bringBack, keepCopy } from '../../course/kept-copy.ts';
import { LabError } from '../../lab-error.ts';

interface Options {
  readonly seed?: string;
  readonly level?: string;
  readonly replay?: string;
  readonly instead?: boolean;
}

/** `./lab incident`: begins one; the lab too, where it does not run. */
export async function begin({ seed, level, replay, instead = false }: Options): Promise<void> {
  const wanted = {
    ...(seed !== undefined && { seed: whole('--seed', seed, 0, 2 ** 32 - 1) }),
    ...(level !== undefined && { level: whole('--level', level, 1, 3) }),
    ...(replay !== undefined && { replay: whole('--replay', replay, 1, 1_000_000) }),
  };
  if (!(await courseClient().isThere())) await bringUp();
  await bringBack();
  const client = courseClient();
  const running = runningIn(await client.inCourse<Course>('incident', { ...wanted, instead }));
  await keepCopy();
  console.log(incidentLines(running, Date.now()).join('\n'));
  console.log(
    `The clock runs; it is on ${client.url}/#/incidents too, and ./lab incident watch shows it here.`,
  );
}

function whole(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new LabError({
    problem: `${option} takes another number.`,
    expected: `a whole number from ${least} to ${most}`,
    came: JSON.stringify(text),
    advice: './lab incident history shows those that are over; ./lab help incident the options',
  });
}
