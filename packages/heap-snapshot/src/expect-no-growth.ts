import type { ClassDiff } from './types.ts';

export interface GrowthOptions {
  /** The class that must not grow. */
  readonly class: string;
  /** How often `fn` runs between the snapshots, default 100. */
  readonly iterations?: number | undefined;
  /** How often it runs before the first, so that caches fill and code compiles; default 10. */
  readonly warmup?: number | undefined;
  /** Objects of the class that may be added, default 0. */
  readonly tolerance?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Thrown when a class grew; its message holds the counts and what holds the objects. */
export class GrowthError extends Error {
  override readonly name = 'GrowthError';
  readonly diff: ClassDiff;

  constructor(message: string, diff: ClassDiff) {
    super(message);
    this.diff = diff;
  }
}

/**
 * Runs `fn` `iterations` times and throws {@link GrowthError} if the process then holds more objects of a class.
 * Takes the snapshots itself, of the process it runs in, to files it removes again; needs no test framework.
 */
export async function expectNoGrowth(_fn: () => unknown, _options: GrowthOptions): Promise<void> {
  throw new Error('not yet');
}
