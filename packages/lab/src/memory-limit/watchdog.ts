import { setTimeout as pause } from 'node:timers/promises';
import { mebibyte_bytes } from '../text/bytes.ts';
import { tooTight } from './change-limit.ts';
import type { MemoryLimit, MemoryWatch } from './memory-limit.ts';
import { type ResidentReader, residentReader } from './resident-memory.ts';

/** Between two readings; a leak at its default gains about 0.3 MB meanwhile. */
const interval_ms = 50;

/** A limit the lab itself enforces: it reads the resident memory and sends SIGKILL above `limit_bytes`. */
export function makeWatchdog(limit_bytes: number, reason: string, read = residentReader()): MemoryLimit {
  let allowed_bytes = limit_bytes;
  return {
    description: { kind: 'watchdog', limit_bytes, cgroup_directory: undefined, reason },
    environment: { MEMORY_LIMIT_BYTES: String(limit_bytes) },
    // What V8 sets by itself inside a cgroup, so that its collector works as hard here as there.
    node_flags: [`--max-heap-size=${Math.ceil(limit_bytes / mebibyte_bytes)}`],
    wrap: (command) => [...command],
    watch: (pid) => new Watchdog(pid, () => allowed_bytes, read),
    async change(bytes, pid) {
      const used_bytes = pid === undefined ? undefined : await read(pid);
      const reason = used_bytes === undefined ? undefined : tooTight(used_bytes, bytes);
      if (reason === undefined) allowed_bytes = bytes;
      return reason;
    },
    remove: () => undefined,
  };
}

class Watchdog implements MemoryWatch {
  last_bytes: number | undefined;
  readonly oom_kills = undefined;
  watchdog_fired = false;
  readonly #stopped = new AbortController();

  readonly pid: number;
  readonly allowed_bytes: () => number;
  readonly read: ResidentReader;

  constructor(pid: number, allowed_bytes: () => number, read: ResidentReader) {
    this.pid = pid;
    this.allowed_bytes = allowed_bytes;
    this.read = read;
    void this.#watch();
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #watch(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const bytes = await this.read(this.pid);
      // Stopped while reading: the number may be another process's by now.
      if (this.#stopped.signal.aborted) return;
      if (bytes !== undefined) this.last_bytes = bytes;
      if (bytes !== undefined && bytes > this.allowed_bytes()) {
        this.watchdog_fired = true;
        process.kill(this.pid, 'SIGKILL');
        return;
      }
      await pause(interval_ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }
}
