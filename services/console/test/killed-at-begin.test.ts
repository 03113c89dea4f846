import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readProgress } from '@leak-lab/course';
import { post, seedOf, startCourse } from './support/course.ts';
import type { RunningConsole } from './support/processes.ts';
import { roomTest as it, type Room } from './support/room.ts';
import { until } from './support/until.ts';

/** Evenly over the time that a begin takes; a console's first one takes about twice as long. */
const kills = 10;
const first = 2;

const read = ({ folder }: Room, name: string): string =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';

it('a console that is killed as it begins an incident goes on with that one or the one before, and the service with the same', async ({
  room,
}) => {
  const { console, open } = await startCourse(room);
  const begin = (of: RunningConsole, id: string) =>
    post(of, 'incident', { seed: seedOf(id), level: 2, instead: true });
  await begin(console, 'pool');
  const from_ms = performance.now();
  await begin(console, 'cache');
  const whole_ms = performance.now() - from_ms;
  let last = console;
  for (let kill = 0; kill < kills; kill += 1) {
    const begun = begin(last, kill % 2 === 0 ? 'history' : 'cache').catch(() => undefined);
    await pause((kill / kills) * first * whole_ms);
    await last.end('SIGKILL');
    await begun;
    last = await open();
    const { session } = readProgress(read(room, 'data/course/progress.json'));
    await until(
      () => read(room, 'incident'),
      (kept) => kept === `${session?.seeds[0]} 2\n`,
    );
  }
}, 120_000);
