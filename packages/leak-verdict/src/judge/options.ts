import type { Unit } from '../samples/sample.ts';

/** By the memory's limit, or otherwise. */
export type Ending = 'killed' | 'stopped';

/** What counts as growth. */
export interface VerdictOptions {
  /** Less growth than this for each request (event, connection) is none. 100 by default, as in the Fluent Bit guide. */
  readonly threshold_bytes?: number;
  /** Of a server that nobody asks anything: less growth than this in a second is none. 1,024 by default. */
  readonly threshold_bytes_per_second?: number;
  /**
   * So much may be a bounded cache that fills: growth is no leak before it has passed it. By default nothing where two
   * equal loads were sent, since the sender chose how much; else up to half of the limit, and 64 MB without a limit.
   */
  readonly cache_bytes?: number;
  /** How the last life ended, where it did; of `unknown` it is told by how full it was. */
  readonly ended?: Ending | 'unknown';
  /** How lives ended, by their `process`, where that is known. */
  readonly endings?: ReadonlyMap<string | number, Ending>;
}

/** The least growth for one of `unit`, given how many payload bytes a request has where it goes by them. */
export function leastGrowth(unit: Unit, options: VerdictOptions, bytesOfARequest = 1): number {
  const { threshold_bytes = 100, threshold_bytes_per_second = 1_024 } = options;
  if (unit === 'second') return threshold_bytes_per_second;
  if (unit === 'payload byte') return threshold_bytes / Math.max(1, bytesOfARequest);
  return threshold_bytes;
}
