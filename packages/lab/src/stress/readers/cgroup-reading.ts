import { type MemoryCgroup, readMemory } from '@leak-lab/cgroup-memory';
import { identify } from '../../state/process-identity.ts';
import { NoReading, type Reading } from '../memory-reader.ts';

/** What a cgroup's processes use, and its limit, or `known_limit_bytes` where it has none itself. Throws where it is gone. */
export function readingOfCgroup(cgroup: MemoryCgroup, known_limit_bytes?: number): Reading {
  const { working_set_bytes, limit_bytes } = readMemory(cgroup);
  return { used_bytes: working_set_bytes, limit_bytes: limit_bytes ?? known_limit_bytes ?? null };
}

/**
 * Reads the same as long as process `pid` lives, which runs in that cgroup now. The kernel counts a kill before it takes the memory
 * back, and whoever comes next is in the same cgroup: from then on the look throws {@link NoReading}.
 */
export function watchLife(cgroup: MemoryCgroup, pid: number, known_limit_bytes?: number): () => Reading {
  const { oom_kills } = readMemory(cgroup);
  const started = identify(pid)?.started;
  return () => {
    const reading = readingOfCgroup(cgroup, known_limit_bytes);
    // After the reading: who lives now has lived then.
    if (readMemory(cgroup).oom_kills !== oom_kills || identify(pid)?.started !== started)
      throw new NoReading(`process ${pid} has ended`, { gone: true });
    return reading;
  };
}
