import { type MemoryCgroup, readMemory } from '@leak-lab/cgroup-memory';
import { type MemoryWatch, reading_interval_ms } from './memory-limit.ts';

/**
 * Reads a cgroup's working set on a timer. `locate` is asked until it answers: under systemd the
 * cgroup exists only some time after the process.
 */
export function watchCgroup(locate: () => MemoryCgroup | undefined): MemoryWatch {
  let cgroup = locate();
  let last_bytes: number | undefined;
  let killsBefore: number | undefined;
  let kills: number | undefined;

  const read = () => {
    cgroup ??= locate();
    if (cgroup === undefined) return;
    try {
      const reading = readMemory(cgroup);
      killsBefore ??= reading.oom_kills;
      // After a kill, what is left says nothing of the process that was watched; on a busy machine its end is heard
      // of some readings later.
      if (reading.oom_kills === killsBefore) last_bytes = reading.working_set_bytes;
      kills = reading.oom_kills;
    } catch {
      // The cgroup has gone with its last process; the readings before stand.
    }
  };
  read();
  const timer = setInterval(read, reading_interval_ms);
  return {
    get last_bytes() {
      return last_bytes;
    },
    get oom_kills() {
      return kills === undefined ? undefined : kills - (killsBefore ?? 0);
    },
    watchdog_fired: false,
    stop() {
      clearInterval(timer);
      const before = last_bytes;
      read();
      last_bytes = before ?? last_bytes;
    },
  };
}
