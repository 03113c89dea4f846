import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { locateOwn, type MemoryCgroup, readMemory } from '@leak-lab/cgroup-memory';
import type { Attempt } from './cgroup.ts';
import { watchCgroup } from './cgroup-watch.ts';
import { tooTight } from './change-limit.ts';

/** The command that starts something in a scope of its own with a memory limit and no swap. */
export function scopeCommand(limit_bytes: number): string[] {
  return [
    'systemd-run',
    '--user',
    '--scope',
    '--quiet',
    '--collect',
    '-p',
    `MemoryMax=${limit_bytes}`,
    '-p',
    'MemorySwapMax=0',
    '--',
  ];
}

/**
 * Asks the user's systemd for the limit: it may make cgroups where the user may not. Tried with a
 * process that looks whether it came out inside the limit, since an old systemd takes the property
 * and does nothing.
 */
export function makeScope(limit_bytes: number): Attempt {
  const [tool = '', ...args] = scopeCommand(limit_bytes);
  const look = 'cat "/sys/fs/cgroup$(sed -n s/^0:://p /proc/self/cgroup)/memory.max"';
  const tried = spawnSync(tool, [...args, 'sh', '-c', look], { encoding: 'utf8', timeout: 5000 });
  if (tried.error !== undefined) return { refused: 'there is no systemd-run' };
  if (tried.status !== 0) return { refused: tried.stderr.trim().split('\n')[0] ?? 'systemd-run failed' };
  if (Number(tried.stdout) !== limit_bytes)
    return { refused: 'systemd does not pass memory limits to the user' };
  return {
    limit: {
      description: {
        kind: 'systemd-scope',
        limit_bytes,
        cgroup_directory: undefined,
        reason: 'the cgroup files are not writable, and the user’s systemd makes the cgroup',
      },
      environment: {},
      node_flags: [],
      wrap: (command) => [...scopeCommand(limit_bytes), ...command],
      watch: (pid) => watchCgroup(() => scopeOf(pid)),
      // Each process comes with a scope of its own, and that with the limit as it was asked for first.
      change: async (bytes, pid) => (pid === undefined ? undefined : changeScope(pid, bytes)),
      remove: () => undefined,
    },
  };
}

/** The scope a process was moved into; before systemd has done so it is in the lab's own cgroup. */
function scopeOf(pid: number): MemoryCgroup | undefined {
  const cgroup = locateOwn(pid);
  return cgroup?.directory.endsWith('.scope') && cgroup.directory !== locateOwn()?.directory
    ? cgroup
    : undefined;
}

/** The command that gives a scope another limit until it ends. */
export function changeCommand(scope: string, limit_bytes: number): string[] {
  return ['systemctl', '--user', 'set-property', '--runtime', scope, `MemoryMax=${limit_bytes}`];
}

function changeScope(pid: number, bytes: number): string | undefined {
  const cgroup = scopeOf(pid);
  if (cgroup === undefined) return 'its systemd scope cannot be found';
  const reason = tooTight(readMemory(cgroup).working_set_bytes, bytes);
  if (reason !== undefined) return reason;
  // By systemd and not by the file: what is written there it would write over.
  const [tool = '', ...args] = changeCommand(basename(cgroup.directory), bytes);
  const { status, error, stderr } = spawnSync(tool, args, { encoding: 'utf8', timeout: 5000 });
  if (status === 0) return undefined;
  return `systemd did not take it (${error?.message ?? (stderr.trim().split('\n')[0] || status)})`;
}
