/** What a load engine has done so far. */
export interface Counts {
  /** Requests that were answered. */
  readonly answered: number;
  /** Requests that were answered with another status than 2xx. */
  readonly refused: number;
  /** Requests that were not answered: refused connections, resets, timeouts. */
  readonly failed: number;
}

export interface LoadTarget {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** What each request brings, as JSON. */
  readonly body?: string | undefined;
  readonly rate: number;
  readonly connections: number;
}

/** Something that sends requests at a rate until it is stopped. */
export interface LoadEngine {
  readonly name: string;
  counts(): Promise<Counts> | Counts;
  stop(): Promise<void>;
  /** Resolves when it ends by itself, with a reason where that was no success. */
  readonly ended: Promise<string | undefined>;
}
