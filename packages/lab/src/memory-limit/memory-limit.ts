import type { Environment } from '../settings.ts';

export type LimitKind = 'cgroup-v2' | 'cgroup-v1' | 'systemd-scope' | 'watchdog';

/** The limit as it is told and written down. */
export interface LimitDescription {
  readonly kind: LimitKind;
  readonly limit_bytes: number;
  /** The cgroup, where it is the lab's own. */
  readonly cgroup_directory: string | undefined;
  /** Why this kind and no better one. */
  readonly reason: string;
}

/** What a watch over one process tells, while it lives and after it ended. */
export interface MemoryWatch {
  /** The last reading; `undefined` before the first one. */
  readonly last_bytes: number | undefined;
  /** Kills by the kernel since the watch began; `undefined` where nothing counts them. */
  readonly oom_kills: number | undefined;
  readonly watchdog_fired: boolean;
  stop(): void;
}

/** Holds a process to an amount of memory. */
export interface MemoryLimit {
  readonly description: LimitDescription;
  /** Variables the process is given, so that it knows a limit the kernel does not tell. */
  readonly environment: Environment;
  /** Flags for Node, where V8 cannot see the limit by itself and would let its heap grow to the machine's size. */
  readonly node_flags: readonly string[];
  /** The command line that starts `command` inside the limit from its first instruction. */
  wrap(command: readonly string[]): string[];
  /** Reads the memory of process `pid` until stopped. */
  watch(pid: number): MemoryWatch;
  /**
   * Sets what process `pid`, or the next one where there is none, may take from now on. Ends no process: where more
   * is in use nothing changes. Resolves with why not, or with `undefined` when it is done.
   */
  change(bytes: number, pid: number | undefined): Promise<string | undefined>;
  /** Takes the limit away when no process is left in it. */
  remove(): void;
}

/** How often memory is read: a leak at its default gains about 0.5 MB between two readings. */
export const reading_interval_ms = 100;
