import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type CgroupVersion = 1 | 2;

/** A directory of the kernel's that accounts the memory of a set of processes. */
export interface MemoryCgroup {
  readonly version: CgroupVersion;
  readonly directory: string;
}

/** Opens the cgroup at `directory`, or returns `undefined` where it accounts no memory. */
export function openCgroup(directory: string): MemoryCgroup | undefined {
  if (existsSync(join(directory, 'memory.current'))) return { version: 2, directory };
  if (existsSync(join(directory, 'memory.usage_in_bytes'))) return { version: 1, directory };
  return undefined;
}

/**
 * Finds the memory cgroup a process belongs to, by `/proc/<pid>/cgroup` (man 7 cgroups).
 *
 * Inside a container the path named there is the host's and does not exist; the cgroup is then
 * the root of the mount. Returns `undefined` off Linux or where no memory controller is mounted.
 */
export function locateOwn(pid: number | 'self' = 'self', mount = '/sys/fs/cgroup'): MemoryCgroup | undefined {
  let lines: string[];
  try {
    lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n');
  } catch {
    return undefined;
  }
  for (const line of lines) {
    const [id = '', controllers = '', ...rest] = line.split(':');
    const path = rest.join(':');
    if (controllers.split(',').includes('memory')) {
      return openCgroup(join(mount, 'memory', path)) ?? openCgroup(join(mount, 'memory'));
    }
    if (id === '0' && controllers === '') {
      const found = openCgroup(join(mount, path)) ?? openCgroup(mount);
      if (found) return found;
    }
  }
  return undefined;
}
