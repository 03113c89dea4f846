import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemoryCgroup } from './cgroup.ts';

/** What the kernel says of a cgroup's memory at one moment. */
export interface MemoryReading {
  /** The limit, or `undefined` where there is none. */
  readonly limit_bytes: number | undefined;
  /** All that is charged, page cache included. */
  readonly usage_bytes: number;
  /** Page cache the kernel can drop at once: no reason to kill. */
  readonly inactive_file_bytes: number;
  /** `usage_bytes` without `inactive_file_bytes`: what counts against the limit. */
  readonly working_set_bytes: number;
  /** Processes of this cgroup the kernel has killed for want of memory. */
  readonly oom_kills: number;
}

const files = {
  1: {
    limit: 'memory.limit_in_bytes',
    usage: 'memory.usage_in_bytes',
    inactiveFile: 'total_inactive_file',
    events: 'memory.oom_control',
  },
  2: { limit: 'memory.max', usage: 'memory.current', inactiveFile: 'inactive_file', events: 'memory.events' },
} as const;

/** cgroup v1 writes "no limit" as the largest page-aligned number; nothing real comes near 2^60. */
const noLimit_bytes = 2 ** 60;

/**
 * Reads a memory cgroup. Throws what `readFileSync` throws when the cgroup has been removed.
 * Fields: kernel documentation, "Memory Resource Controller" (v1) and "Control Group v2, Memory".
 */
export function readMemory(cgroup: MemoryCgroup): MemoryReading {
  const names = files[cgroup.version];
  const text = (name: string) => readFileSync(join(cgroup.directory, name), 'utf8');
  const limit = Number(text(names.limit).trim());
  const usage_bytes = Number(text(names.usage).trim());
  const inactive_file_bytes = field(text('memory.stat'), names.inactiveFile);
  return {
    limit_bytes: Number.isFinite(limit) && limit < noLimit_bytes ? limit : undefined,
    usage_bytes,
    inactive_file_bytes,
    working_set_bytes: Math.max(0, usage_bytes - inactive_file_bytes),
    oom_kills: field(text(names.events), 'oom_kill'),
  };
}

/** The number after `name` in a file of "name number" lines; 0 where the kernel does not tell it. */
function field(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line ? Number(line.slice(name.length + 1)) : 0;
}
