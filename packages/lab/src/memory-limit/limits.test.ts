import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { makeCgroup } from './cgroup.ts';
import { chooseLimit } from './choose.ts';
import type { MemoryLimit } from './memory-limit.ts';
import { changeCommand, scopeCommand } from './systemd-scope.ts';
import { makeWatchdog } from './watchdog.ts';

const megabyte = 1024 ** 2;
const limit_bytes = 128 * megabyte;
/** Takes 4 MB outside the heap every 20 ms, for ever. */
const grows = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(4 * 1024 ** 2, 1)), 20)';

/** Runs a program inside a limit until it ends. */
async function runInside(limit: MemoryLimit, program: string) {
  const [tool = '', ...args] = limit.wrap([process.execPath, '-e', program]);
  const child = spawn(tool, args, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const watch = limit.watch(child.pid ?? 0);
  const [code, signal] = await once(child, 'exit');
  watch.stop();
  return { code, signal, watch };
}

it('the watchdog ends a process that outgrows the limit, and only then', async () => {
  const limit = makeWatchdog(limit_bytes, 'a test');
  expect(limit.environment).toEqual({ MEMORY_LIMIT_BYTES: String(limit_bytes) });
  const grown = await runInside(limit, grows);
  expect(grown).toMatchObject({ signal: 'SIGKILL', watch: { watchdog_fired: true } });
  expect(grown.watch.last_bytes).toBeGreaterThan(limit_bytes);
  // One reading late at 4 MB each 20 ms, on a busy machine.
  expect(grown.watch.last_bytes).toBeLessThan(limit_bytes + 80 * megabyte);
  expect(await runInside(limit, 'process.exit(7)')).toMatchObject({
    code: 7,
    watch: { watchdog_fired: false },
  });
});

const attempt = process.platform === 'linux' ? makeCgroup(limit_bytes) : { refused: 'no Linux' };
it.skipIf('refused' in attempt)(
  'the kernel ends a process that outgrows its cgroup, and counts it',
  async () => {
    if ('refused' in attempt) return;
    const { limit } = attempt;
    onTestFinished(() => limit.remove());
    const directory = limit.description.cgroup_directory ?? '';
    const { signal, watch } = await runInside(limit, grows);
    expect(signal).toBe('SIGKILL');
    expect(watch.oom_kills).toBe(1);
    expect(watch.last_bytes).toBeGreaterThan(0.7 * limit_bytes);
    expect(watch.last_bytes).toBeLessThanOrEqual(limit_bytes);
    // The counter of the cgroup stays; the next life is not blamed for the one before.
    expect((await runInside(limit, 'process.exit(0)')).watch.oom_kills).toBe(0);
    limit.remove();
    expect(existsSync(directory)).toBe(false);
  },
);

it('where no kernel limit can be had the watchdog is taken, and says why', () => {
  const makers = {
    cgroup: () => ({ refused: 'EACCES' }),
    scope: () => ({ refused: 'there is no systemd-run' }),
  };
  const { description } = chooseLimit(limit_bytes, 'auto', 'linux', makers);
  expect(description).toMatchObject({
    kind: 'watchdog',
    reason: 'no cgroup: EACCES; no systemd scope: there is no systemd-run',
  });
  expect(chooseLimit(limit_bytes, 'auto', 'darwin', makers).description.reason).toBe(
    'darwin has no memory cgroups',
  );
  expect(() => chooseLimit(limit_bytes, 'cgroup', 'linux', makers)).toThrow(
    /"cgroup" cannot be had[\s\S]*EACCES/,
  );
});

it('systemd is asked for the limit without swap', () =>
  expect(scopeCommand(limit_bytes).join(' ')).toBe(
    `systemd-run --user --scope --quiet --collect -p MemoryMax=${limit_bytes} -p MemorySwapMax=0 --`,
  ));

it('systemd is asked for another limit by the scope’s name', () =>
  expect(changeCommand('run-u7.scope', limit_bytes).join(' ')).toBe(
    `systemctl --user set-property --runtime run-u7.scope MemoryMax=${limit_bytes}`,
  ));
