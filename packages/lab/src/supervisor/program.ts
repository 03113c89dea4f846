import type { MemoryLimit } from '../memory-limit/memory-limit.ts';
import type { Environment } from '../settings.ts';

/** A program the supervisor keeps running. */
export interface Program {
  readonly name: 'service' | 'upstream';
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
  readonly log: string;
  /** `undefined`: it may take what it needs. */
  readonly limit: MemoryLimit | undefined;
  /** Answers 200 when the program is ready. */
  readonly health_url: string;
}
