import { moveAside } from '@leak-lab/course/workpiece';
import type { Course } from '../../../../services/console/src/api/contract.ts';
import { ConsoleClient } from '../console-client.ts';
import { labNumber } from '../course/course-client.ts';
import { removePatients } from '../docker/patients.ts';
import { findLab } from '../running-lab.ts';
import { writing } from '../state/writing.ts';

/** `./lab reset [NN]`: the service as it was at its start, without a new start; with a lab's number, that one is as new. */
export async function reset(number: string | undefined): Promise<void> {
  const { client, consoleUrl, embedded, directory } = findLab();
  const console_ = new ConsoleClient(consoleUrl);
  const lab = number === undefined ? undefined : labNumber(number);
  const running = (await console_.isThere()) ? (await console_.course()).running : null;
  if (running === null && lab === undefined) await client.reset();
  else await console_.inCourse<Course>('reset', lab === undefined ? {} : { lab });
  if (embedded === undefined && (running?.services ?? 1) > 1) await removePatients();
  // On Docker the folder is this user's; embedded the console has done it.
  if (lab !== undefined && embedded === undefined && (await console_.lab(lab)).mends)
    writing(directory.work, () => moveAside(directory.work));
  if (running !== null)
    console.log(
      running.incident === null
        ? `Lab ${running.id} has ended.`
        : 'The incident is over: ./lab incident history has its score.',
    );
  if (lab !== undefined)
    console.log(`Lab ${lab} is as new: ./lab start ${lab}. What you edited was moved aside, not deleted.`);
  console.log('Reset: leaks off and cleared, sizes and upstream at their defaults, garbage collected.');
}
