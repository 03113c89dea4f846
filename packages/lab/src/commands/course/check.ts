import { setTimeout as pause } from 'node:timers/promises';
import type { Course, RunningLab } from '../../../../../services/console/src/api/contract.ts';
import { layCopy } from '../../course/copy-to-mend.ts';
import { courseClient, runningIn } from '../../course/course-client.ts';
import { incidentLines } from '../../course/incident-words.ts';
import { keepCopy } from '../../course/kept-copy.ts';
import { runningLines } from '../../course/words.ts';
import { displayOn } from '../../load/display.ts';

const look_ms = 500;
const isTried = ({ kind, state }: { kind: string; state: string }) =>
  kind === 'effect' && state === 'waiting';

/** `./lab check`: each thing the lab asks for, and whether it is there. Exit code 0: passed; 1: not yet. */
export async function check({ json = false }: { readonly json?: boolean }): Promise<void> {
  const client = courseClient();
  let course = await client.inCourse<Course>('check', {});
  const display = displayOn(process.stderr, 2_000);
  // What has to be tried takes seconds: how far it is is shown.
  while (runningIn(course).items.some(isTried)) {
    const trial = runningIn(course).items.find(isTried);
    display.live(`${trial?.ask} ${trial?.saw ?? ''}`);
    await pause(look_ms);
    course = await client.course();
  }
  display.end();
  await keepCopy();
  const running = runningIn(course);
  layCopy(running);
  console.log(json ? JSON.stringify(running, null, 2) : linesOf(running, course).join('\n'));
  process.exitCode = running.passed ? 0 : 1;
}

const linesOf = (running: RunningLab, course: Course): string[] =>
  running.incident === null ? runningLines(running, course) : incidentLines(running, Date.now());
