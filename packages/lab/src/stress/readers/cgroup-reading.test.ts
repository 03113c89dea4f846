import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { openCgroup } from '@leak-lab/cgroup-memory';
import { expect, it, onTestFinished } from 'vitest';
import { makeCgroup } from '../../memory-limit/cgroup.ts';
import type { MemoryLimit } from '../../memory-limit/memory-limit.ts';
import { NoReading, type Reading } from '../memory-reader.ts';
import { watchLife } from './cgroup-reading.ts';

const megabyte = 2 ** 20;
const limit_bytes = 128 * megabyte;
/** Says that it is there, then takes 4 MB outside of the heap every 10 ms. */
const grows = `console.log('there'); const kept = []; setInterval(() => kept.push(Buffer.alloc(4 * 1024 ** 2, 1)), 10)`;
const stays = `console.log('there'); setInterval(() => undefined, 1000)`;

async function begin({ wrap }: MemoryLimit, program: string): Promise<ChildProcess> {
  const [tool = '', ...args] = wrap([process.execPath, '-e', program]);
  const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** Looks without a pause until a look throws: all that was read. */
async function readings(look: () => Reading): Promise<number[]> {
  const all: number[] = [];
  for (;;) {
    try {
      all.push(look().used_bytes ?? Number.NaN);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(NoReading);
      return all;
    }
    await pause(1);
  }
}

const attempt =
  process.platform === 'linux'
    ? makeCgroup(limit_bytes, undefined, undefined, `reading-${process.pid}`)
    : { refused: 'no Linux' };

it.skipIf('refused' in attempt)(
  'a cgroup is read as long as the process lives: not while its memory is taken back, nor when another one is in its place',
  async () => {
    if ('refused' in attempt) return;
    const { limit } = attempt;
    onTestFinished(() => limit.remove());
    const cgroup = openCgroup(limit.description.cgroup_directory ?? '');
    if (cgroup === undefined) throw new Error('Expected the cgroup that was made.');
    for (let life = 1; life <= 3; life += 1) {
      const child = await begin(limit, grows);
      const ended = once(child, 'exit');
      const look = watchLife(cgroup, child.pid ?? 0);
      const all = await readings(look);
      expect(all.length).toBeGreaterThan(3);
      expect(all.at(-1)).toBeGreaterThan(0.8 * limit_bytes);
      await ended;
      const next = await begin(limit, stays);
      expect(look).toThrow(NoReading);
      next.kill('SIGKILL');
      await once(next, 'exit');
    }
  },
);
