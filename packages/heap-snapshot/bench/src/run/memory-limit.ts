import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { locateOwn, readMemory } from '@leak-lab/cgroup-memory';

/** A memory cgroup of our own, to run a program in. */
export interface MemoryLimit {
  /** The command that runs `command` inside. */
  wrap(command: readonly string[]): string[];
  /** Processes the kernel has killed in it. */
  kills(): number;
  remove(): void;
}

/**
 * Makes a memory cgroup (v1 or v2) of `limit_bytes` below our own one, swap included where it is accounted.
 * Throws where the machine lets us make none; that needs root, as a rule.
 */
export function limitMemory(limit_bytes: number): MemoryLimit {
  const own = locateOwn();
  if (!own) throw new Error('expected a memory cgroup controller, found none; run on Linux as root');
  const directory = join(own.directory, `heap-bench-${process.pid}`);
  mkdirSync(directory);
  const limits =
    own.version === 1 ? ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes'] : ['memory.max'];
  for (const file of limits) {
    if (existsSync(join(directory, file))) writeFileSync(join(directory, file), String(limit_bytes));
  }
  if (own.version === 2) writeFileSync(join(directory, 'memory.swap.max'), '0');
  const enter = `echo $$ > '${directory}/cgroup.procs' && exec "$@"`;
  return {
    wrap: (command) => ['sh', '-c', enter, 'sh', ...command],
    kills: () => readMemory({ ...own, directory }).oom_kills,
    remove: () => rmdirSync(directory),
  };
}
