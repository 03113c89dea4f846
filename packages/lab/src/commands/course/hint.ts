import type { Course } from '../../../../../services/console/src/api/contract.ts';
import { courseClient, runningIn } from '../../course/course-client.ts';

/** `./lab hint`: the next one for the first thing that is not done. */
export async function hint(): Promise<void> {
  const running = runningIn(await courseClient().inCourse<Course>('hint', {}));
  const open = running.items.find(({ state }) => state !== 'ok');
  if (open === undefined) {
    console.log('All is done: there is nothing to hint at.');
    return;
  }
  console.log(`${open.kind === 'question' ? `${open.key}: ` : ''}${open.ask}`);
  console.log(`  ${running.hints.at(-1) ?? 'No hint.'}`);
}
