/** The learner's code that ends the process, or holds it up for good: the next process says where that was. */
import { once } from 'node:events';
import { join } from 'node:path';
import { makeWorkpiece } from '@leak-lab/course/workpiece';
import { describe, expect } from 'vitest';
import { features, roomTest as it, load, type WorkRoom, workOf } from './work-room.ts';

/** Ends what does not return after the least there is. */
const impatient = { WORK_PATIENCE_SECONDS: '1' };

/** Runs what the room has until the process is gone, and asks the next one why. */
async function deathIn(room: WorkRoom) {
  const service = await room.start(impatient);
  const ended = once(service.child, 'exit');
  // What ends it may run before the answer.
  await load(service).catch(() => undefined);
  fetch(`${service.url}/api/data`).catch(() => undefined);
  const [code] = await ended;
  const next = await room.start();
  const { ended: why, loaded } = await workOf(next);
  expect(loaded).toEqual([]);
  return { code, next, ...why };
}

const patience_ms = 90_000;

describe.concurrent('code', () => {
  it.for([
    ['never returns', 'for (;;) request.id;', 'stuck', 70],
    [
      'turns in microtasks for ever',
      'return (async () => { for (;;) await null; })() as never;',
      'stuck',
      70,
    ],
    ['waits in the system', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', 'stuck', 70],
    ['exits', 'process.exit(3);', 'exit', 3],
    ['throws where nobody catches', "setTimeout(() => { throw new Error('late'); });", 'uncaught', 1],
    ['rejects where nobody catches', "void Promise.reject(new Error('lost'));", 'uncaught', 1],
  ] as const)(
    'that %s is told to the next process, with its line',
    { timeout: patience_ms },
    async ([, statement, how, code], { room }) => {
      room.writeIntoHandle(statement);
      const line = room.lineOf(statement);
      const file = 'response-cache.ts';
      expect(await deathIn(room)).toMatchObject({ code, how, file, line, pid: expect.any(Number) });
    },
  );

  it('that never returns at the top of its file is told, too', { timeout: patience_ms }, async ({ room }) => {
    room.write(`${room.read()}\nfor (;;) Math.random();\n`);
    const line = room.lineOf('Math.random');
    const { next, ...death } = await deathIn(room);
    const message = 'It did not return for 1 s.';
    expect(death).toMatchObject({ code: 70, how: 'stuck', file: 'response-cache.ts', line, message });
    // It is said until something is loaded again.
    makeWorkpiece(join(features, 'request-history.ts'), room.directory);
    await load(next, {}, 'history');
    expect((await workOf(next)).ended).toBeNull();
  });

  it('that takes long is left alone, and so is a process that stood still', { timeout: patience_ms }, async ({
    room,
  }) => {
    const service = await room.start({ WORK_PATIENCE_SECONDS: '3' });
    room.writeIntoHandle('const until = Date.now() + 1_500;\n    while (Date.now() < until);');
    await load(service);
    expect((await fetch(`${service.url}/api/data`)).status).toBe(200);
    service.child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    service.child.kill('SIGCONT');
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
    expect((await fetch(`${service.url}/api/data`)).status).toBe(200);
  });
});
