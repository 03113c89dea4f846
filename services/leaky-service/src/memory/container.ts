import { locateOwn, readMemory } from '@leak-lab/cgroup-memory';

/** The memory limit around this process and what counts against it, bytes. */
export interface ContainerMemory {
  readonly limit_bytes: number;
  readonly usage_bytes: number;
  readonly inactive_file_bytes: number;
  readonly working_set_bytes: number;
  /** Who ends the process at the limit. */
  readonly enforced_by: 'kernel' | 'watchdog';
}

/**
 * Makes the reader of the limit around this process: its cgroup's or, where no cgroup limits it, the one
 * a watchdog has told (`MEMORY_LIMIT_BYTES`), against resident memory. The reader returns `null` where there is none.
 */
export function containerMemoryReader(toldLimit_bytes: number | undefined): () => ContainerMemory | null {
  const cgroup = locateOwn();
  return () => {
    const reading = cgroup && readMemory(cgroup);
    if (reading?.limit_bytes !== undefined) {
      const { limit_bytes, usage_bytes, inactive_file_bytes, working_set_bytes } = reading;
      return { limit_bytes, usage_bytes, inactive_file_bytes, working_set_bytes, enforced_by: 'kernel' };
    }
    if (toldLimit_bytes === undefined) return null;
    const resident_bytes = process.memoryUsage.rss();
    return {
      limit_bytes: toldLimit_bytes,
      usage_bytes: resident_bytes,
      inactive_file_bytes: 0,
      working_set_bytes: resident_bytes,
      enforced_by: 'watchdog',
    };
  };
}
