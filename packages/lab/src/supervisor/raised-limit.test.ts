import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeCgroup } from '../memory-limit/cgroup.ts';
import { changeCgroupLimit } from '../memory-limit/change-limit.ts';
import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import { makeWatchdog } from '../memory-limit/watchdog.ts';
import { type LimitChange, RaisedLimit, whyNotRaise } from './raised-limit.ts';

const megabyte = 1024 ** 2;
const base_bytes = 128 * megabyte;
const kernel = process.platform === 'linux' ? makeCgroup(base_bytes) : { refused: 'no Linux' };

afterAll(() => 'limit' in kernel && kernel.limit.remove());

/** Holds as many megabytes outside the heap as the last message said. */
const holder =
  'let held; process.on("message", (mb) => { held = undefined; gc(); held = Buffer.alloc(mb * 2 ** 20, 1); process.send("done"); })';

interface Held {
  readonly child: ChildProcess;
  readonly raised: RaisedLimit;
  readonly changes: LimitChange[];
  hold(megabytes: number): Promise<void>;
}

/** A process inside `limit`, with the limit in the hands of a `RaisedLimit`. */
function start(limit: MemoryLimit): Held {
  const [tool = '', ...args] = limit.wrap([process.execPath, '--expose-gc', '-e', holder]);
  const child = spawn(tool, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const watch = limit.watch(child.pid ?? 0);
  const changes: LimitChange[] = [];
  const raised = new RaisedLimit(
    limit,
    () => ({ pid: child.pid, used_bytes: watch.last_bytes }),
    (change) => void changes.push(change),
  );
  onTestFinished(async () => {
    raised.stop();
    watch.stop();
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  return {
    child,
    raised,
    changes,
    async hold(megabytes) {
      child.send(megabytes);
      await once(child, 'message');
    },
  };
}

describe.each([
  ['the kernel', 'refused' in kernel ? undefined : kernel.limit],
  ['the watchdog', makeWatchdog(base_bytes, 'a test')],
])('a limit kept by %s, raised for a capture', (_, limit) => {
  it.skipIf(limit === undefined)(
    'lets the process take more, follows its use down, is back when use allows, and kills nobody',
    async () => {
      if (limit === undefined) return;
      const { child, raised, changes, hold } = start(limit);
      await hold(20);
      expect(await raised.raise(512 * megabyte)).toEqual({
        raised: { from_bytes: base_bytes, to_bytes: 512 * megabyte },
      });
      await hold(250);
      expect(child.exitCode).toBeNull();
      expect(raised.raisedTo_bytes).toBe(512 * megabyte);
      raised.captureOver();
      // 250 MB and the process itself, with the room it had: far less than what was given, more than it was.
      await expect.poll(() => raised.raisedTo_bytes, { timeout: 10_000 }).toBeLessThan(450 * megabyte);
      expect(raised.raisedTo_bytes).toBeGreaterThan(250 * megabyte);
      await hold(10);
      await expect.poll(() => raised.raisedTo_bytes, { timeout: 10_000 }).toBeUndefined();
      expect(changes.at(-1)).toMatchObject({ to_bytes: base_bytes, restored: true, reason: 'use allows it' });
      expect(child.exitCode ?? child.signalCode).toBeNull();
      // It is the real limit again.
      child.send(300);
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    },
  );

  it.skipIf(limit === undefined)('is what it was at the next life', async () => {
    if (limit === undefined) return;
    const first = start(limit);
    await first.hold(20);
    await first.raised.raise(400 * megabyte);
    await first.hold(200);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    await first.raised.newLife();
    expect(first.changes.at(-1)).toEqual({
      from_bytes: 400 * megabyte,
      to_bytes: base_bytes,
      restored: true,
      reason: 'a new life',
    });
    const next = start(limit);
    next.child.send(300);
    expect((await once(next.child, 'exit'))[1]).toBe('SIGKILL');
  });
});

it('under cgroup v2 nothing is lowered below the use, where the kernel would kill', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cgroup2-'));
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  const max = () => readFileSync(join(directory, 'memory.max'), 'utf8');
  write('memory.max', `${512 * megabyte}\n`);
  write('memory.current', `${300 * megabyte}\n`);
  write('memory.stat', `anon 1\ninactive_file ${20 * megabyte}\n`);
  write('memory.events', 'oom_kill 0\n');
  const cgroup = { version: 2, directory } as const;
  expect(changeCgroupLimit(cgroup, 256 * megabyte)).toBe('280 MB are in use');
  expect(max()).toBe(`${512 * megabyte}\n`);
  expect(changeCgroupLimit(cgroup, 290 * megabyte)).toBeUndefined();
  expect(max()).toBe(String(290 * megabyte));
});

describe('a raise is refused, with the reason,', () => {
  const known = { base_bytes, used_bytes: 0, available_bytes: 1024 * megabyte };
  it.each([base_bytes, 0, -1, Number.NaN, 1.5, '600m', undefined])('to %j', (bytes) =>
    expect(whyNotRaise(bytes, known)).toMatch(/expected a limit above 128 MB in bytes, got /),
  );
  it('to more than the machine has to spare', () => {
    expect(whyNotRaise(900 * megabyte, known)).toBe(
      'this machine has 1024 MB to spare, and 900 MB were asked for',
    );
    expect(whyNotRaise(700 * megabyte, known)).toBeUndefined();
  });
});
