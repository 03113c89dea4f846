import { setTimeout as pause } from 'node:timers/promises';
import type { Course, PastIncident, RunningLab } from '../../../../../services/console/src/api/contract.ts';
import { courseClient } from '../../course/course-client.ts';
import { clockLine, incidentLines, scoreLines } from '../../course/incident-words.ts';
import { keepCopy } from '../../course/kept-copy.ts';
import { LabError } from '../../lab-error.ts';
import { displayOn } from '../../load/display.ts';

const look_ms = 1_000;

/** `./lab incident status`: the message, the clock, and what is asked. */
export async function status({ json = false }: { readonly json?: boolean }): Promise<void> {
  const running = incidentIn(await courseClient().course());
  console.log(json ? JSON.stringify(running, null, 2) : incidentLines(running, Date.now()).join('\n'));
}

/** `./lab incident watch`: the clock, until it is over or Ctrl-C. */
export async function watch(): Promise<void> {
  const client = courseClient();
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  console.log(incidentLines(incidentIn(await client.course()), Date.now()).join('\n'));
  const display = displayOn(process.stderr, 10_000);
  let line: string | undefined;
  while (!stopping.signal.aborted) {
    line = clockLine(await client.course(), Date.now());
    if (line === undefined) break;
    display.live(line);
    await pause(look_ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
  display.end();
  if (line === undefined) console.log('It is over: ./lab incident history.');
}

/** `./lab incident end`: it is over, scored and kept. */
export async function end({ json = false }: { readonly json?: boolean }): Promise<void> {
  const past = await courseClient().inCourse<PastIncident>('incident/end', {});
  await keepCopy();
  console.log(json ? JSON.stringify(past, null, 2) : scoreLines(past).join('\n'));
}

/** The incident that runs. Throws a `LabError` where none does. */
export function incidentIn({ running }: Course): RunningLab {
  if (running?.incident) return running;
  throw new LabError({
    problem: 'No incident is under way.',
    expected: 'one that was begun',
    advice: './lab incident begins one; ./lab incident history shows those that are over',
  });
}
