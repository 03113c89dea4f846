import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import type { Environment } from '../settings.ts';

export type ProgramName = 'service' | 'upstream' | 'console';

/** A program the supervisor keeps running. */
export interface Program {
  readonly name: ProgramName;
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
  readonly log: string;
  /** `undefined`: it may take what it needs. */
  readonly limit: MemoryLimit | undefined;
  /** What it may take now; a limit can be raised for a while. */
  readonly limit_bytes: () => number | undefined;
  /** Answers 200 when the program is ready. */
  readonly health_url: string;
}
