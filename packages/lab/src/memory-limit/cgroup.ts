import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CgroupVersion, locateOwn, type MemoryCgroup } from '@leak-lab/cgroup-memory';
import { reasonOf } from '../lab-error.ts';
import { watchCgroup } from './cgroup-watch.ts';
import { changeCgroupLimit } from './change-limit.ts';
import type { MemoryLimit } from './memory-limit.ts';

const prefix = 'leak-lab-';

/** The limit, or why it cannot be had. */
export type Attempt = { readonly limit: MemoryLimit } | { readonly refused: string };

/**
 * Makes a memory cgroup of `limit_bytes` by writing to the kernel's files, without swap, and tries
 * that a process can join it. Under v2 a cgroup that holds processes cannot pass a limit on to its
 * children, so the nearest ancestor that does is taken (kernel documentation, "Control Group v2"). `name` tells
 * several cgroups of one process apart.
 */
export function makeCgroup(
  limit_bytes: number,
  own = locateOwn(),
  mount = '/sys/fs/cgroup',
  name = String(process.pid),
): Attempt {
  if (own === undefined) return { refused: 'no memory cgroup can be seen' };
  let refused = 'no cgroup above this one passes memory limits on';
  for (const parent of own.version === 1 ? [own.directory] : delegating(own.directory, mount)) {
    const directory = join(parent, `${prefix}${name}`);
    try {
      mkdirSync(directory);
      const cgroup: MemoryCgroup = { version: own.version, directory };
      writeLimit(cgroup, limit_bytes);
      proveJoining(directory);
      return { limit: cgroupLimit(cgroup, limit_bytes) };
    } catch (error) {
      refused = reasonOf(error);
      removeCgroup(directory);
    }
  }
  return { refused };
}

/** The ancestors of `directory`, nearest first, whose children have memory limits. */
function* delegating(directory: string, mount: string): Generator<string> {
  for (let at = directory; at.startsWith(mount); at = dirname(at)) {
    const file = join(at, 'cgroup.subtree_control');
    if (existsSync(file) && readFileSync(file, 'utf8').split(/\s/).includes('memory')) yield at;
  }
}

/** Sets the limit with no swap beside it. Throws where the kernel does not take it. */
function writeLimit({ version, directory }: MemoryCgroup, limit_bytes: number): void {
  const [limit, swap] = {
    1: ['memory.limit_in_bytes', ['memory.memsw.limit_in_bytes', String(limit_bytes)]] as const,
    2: ['memory.max', ['memory.swap.max', '0']] as const,
  }[version];
  writeFileSync(join(directory, limit), String(limit_bytes));
  // A kernel built without swap accounting has no such file. Then v1's swappiness keeps swap away.
  if (existsSync(join(directory, swap[0]))) writeFileSync(join(directory, swap[0]), swap[1]);
  else if (version === 1) writeFileSync(join(directory, 'memory.swappiness'), '0');
}

/** Puts a short-lived process into the cgroup, as only that shows the right to do so. Throws. */
function proveJoining(directory: string): void {
  const joined = spawnSync('sh', ['-c', 'echo $$ >"$0/cgroup.procs"', directory], { encoding: 'utf8' });
  if (joined.status !== 0) throw new Error(joined.stderr.trim() || 'no process may join the cgroup');
}

function cgroupLimit(cgroup: MemoryCgroup, limit_bytes: number): MemoryLimit {
  const kind = `cgroup-v${cgroup.version}` as const;
  return {
    description: {
      kind,
      limit_bytes,
      cgroup_directory: cgroup.directory,
      reason: `this machine lets the lab make a memory cgroup (v${cgroup.version satisfies CgroupVersion})`,
    },
    environment: {},
    node_flags: [],
    // The shell joins and then becomes the program: not one byte is charged elsewhere.
    wrap: (command) => ['sh', '-c', 'echo $$ >"$0/cgroup.procs" && exec "$@"', cgroup.directory, ...command],
    watch: () => watchCgroup(() => cgroup),
    change: async (bytes) => changeCgroupLimit(cgroup, bytes),
    remove: () => removeCgroup(cgroup.directory),
  };
}

/** Removes an empty cgroup of the lab's own; one that is gone or not empty is left as it is. */
export function removeCgroup(directory: string): boolean {
  if (!directory.split('/').at(-1)?.startsWith(prefix)) return false;
  try {
    rmdirSync(directory);
    return true;
  } catch {
    return !existsSync(directory);
  }
}

/** Processes that are in a cgroup now. */
export function processesIn(directory: string): number[] {
  try {
    return readFileSync(join(directory, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
