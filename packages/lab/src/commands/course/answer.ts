import type { Course } from '../../../../../services/console/src/api/contract.ts';
import { layCopy } from '../../course/copy-to-mend.ts';
import { courseClient, runningIn } from '../../course/course-client.ts';
import { keepCopy } from '../../course/kept-copy.ts';
import { itemLines, nextPartLines, runningLines } from '../../course/words.ts';
import { LabError } from '../../lab-error.ts';

/** `./lab answer KEY=VALUE …`. Exit code 0: all right; 1: not all. */
export async function answer(pairs: readonly string[]): Promise<void> {
  const answers = pairs.map(readPair);
  const client = courseClient();
  let right = true;
  for (const { key, value } of answers) {
    const before = runningIn(await client.course()).part.number;
    const course = await client.inCourse<Course>('answer', { key, value });
    const running = runningIn(course);
    const item = running.items.find((one) => one.key === key);
    if (running.notice !== null) console.log(running.notice);
    if (item) console.log(itemLines(item).join('\n'));
    layCopy(running);
    if (running.part.number > before) console.log(nextPartLines(running).join('\n'));
    right &&= item?.state === 'ok' || item?.state === 'kept';
    if (running.passed) console.log(runningLines(running, course).at(-1));
  }
  await keepCopy();
  process.exitCode = right ? 0 : 1;
}

function readPair(text: string): { key: string; value: string } {
  const [, key, value] = /^\s*([A-Za-z_][\w-]*)\s*=\s*(.*?)\s*$/s.exec(text) ?? [];
  if (key !== undefined && value !== undefined && value !== '') return { key, value };
  throw new LabError({
    problem: 'That is not an answer.',
    expected: 'KEY=VALUE, as bytes_per_request=12600 or finding=leak; quotes around it where it has spaces',
    came: JSON.stringify(text),
    advice: './lab check shows the questions and their keys',
  });
}
