import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MemoryCgroup, readMemory } from '@leak-lab/cgroup-memory';
import { reasonOf } from '../lab-error.ts';
import { formatMegabytes, mebibyte_bytes } from '../text/bytes.ts';

/** Under v2 the kernel kills where a limit is set below the use: what may come in between reading and writing. */
const margin_bytes = 4 * mebibyte_bytes;

const files = {
  1: { limit: 'memory.limit_in_bytes', withSwap: 'memory.memsw.limit_in_bytes' },
  2: { limit: 'memory.max', withSwap: undefined },
} as const;

/**
 * Sets a cgroup's limit while processes run in it, and ends none of them: where more than `bytes` is in use
 * nothing is changed. Answers with why not, or `undefined` when it is done.
 */
export function changeCgroupLimit(cgroup: MemoryCgroup, bytes: number): string | undefined {
  try {
    const { limit_bytes, working_set_bytes } = readMemory(cgroup);
    const isTight = tooTight(working_set_bytes, bytes);
    if (isTight !== undefined) return isTight;
    const raises = limit_bytes !== undefined && bytes > limit_bytes;
    const { limit, withSwap } = files[cgroup.version];
    // Under v1 the limit with swap may never be below the one without.
    const inOrder = raises ? [withSwap, limit] : [limit, withSwap];
    for (const name of inOrder) {
      const file = name && join(cgroup.directory, name);
      // A kernel built without swap accounting has no second file.
      if (file !== undefined && existsSync(file)) writeFileSync(file, String(bytes));
    }
    return undefined;
  } catch (error) {
    return `the kernel did not take it (${reasonOf(error)})`;
  }
}

/** Why a process that uses `used_bytes` cannot be held to `bytes`, or `undefined` where it can. */
export function tooTight(used_bytes: number, bytes: number): string | undefined {
  return used_bytes + margin_bytes > bytes ? `${formatMegabytes(used_bytes)} are in use` : undefined;
}
