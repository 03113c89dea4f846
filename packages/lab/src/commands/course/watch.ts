import { setTimeout as pause } from 'node:timers/promises';
import { courseClient, runningIn } from '../../course/course-client.ts';
import { itemLines, runningLines } from '../../course/words.ts';
import { watch as incident } from '../incident/under-way.ts';

const look_ms = 1_000;

/** `./lab watch`: says what became of each thing as it changes, until the lab is passed or Ctrl-C. */
export async function watch(): Promise<void> {
  const client = courseClient();
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  const shown = new Map<string, string>();
  let first = true;
  while (!stopping.signal.aborted) {
    const course = await client.course();
    const running = runningIn(course);
    if (running.incident !== null) return incident();
    if (first) console.log(runningLines(running, course).join('\n'));
    for (const item of running.items) {
      const words = itemLines(item).join('\n');
      // Figures move all the time; what matters is whether it is done.
      if (!first && shown.get(item.key) !== item.state + item.given) console.log(words);
      shown.set(item.key, item.state + item.given);
    }
    if (running.passed) {
      if (!first) console.log(runningLines(running, course).at(-1));
      return;
    }
    first = false;
    await pause(look_ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}
