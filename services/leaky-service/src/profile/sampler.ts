import { Session } from 'node:inspector';
import { asOfTree } from './one-moment.ts';
import type { HeapProfile } from './protocol.ts';

/** V8's sampling heap profiler, of which there is one in a process. All calls are done when they return. */
export class HeapSampler {
  readonly interval_bytes: number;
  readonly #session = new Session();
  #isSampling = false;

  /** One object is looked at for each `interval_bytes` allocated, on average. */
  constructor(interval_bytes: number) {
    this.interval_bytes = interval_bytes;
    this.#session.connect();
  }

  /** Samples what stays alive from now on, or all that is allocated, dead or not. */
  start(what: 'live' | 'all'): void {
    this.stop();
    const all = what === 'all';
    this.#call('HeapProfiler.startSampling', {
      samplingInterval: this.interval_bytes,
      stackDepth: deepest,
      includeObjectsCollectedByMajorGC: all,
      includeObjectsCollectedByMinorGC: all,
    });
    this.#isSampling = true;
  }

  /** The samples since the start. V8 collects all garbage before it answers. */
  read(): HeapProfile {
    return this.#profile('HeapProfiler.getSamplingProfile');
  }

  /** Ends sampling, and gives the samples since the start as `read` does. `undefined` where it was not sampling. */
  stop(): HeapProfile | undefined {
    if (!this.#isSampling) return undefined;
    this.#isSampling = false;
    return this.#profile('HeapProfiler.stopSampling');
  }

  close(): void {
    this.stop();
    this.#session.disconnect();
  }

  #profile(method: string): HeapProfile {
    return asOfTree(this.#call<{ profile: HeapProfile }>(method).profile);
  }

  #call<Result>(method: string, params: object = {}): Result {
    let answer: Result | undefined;
    let failure: Error | null = null;
    // A session within its own process answers before `post` returns.
    this.#session.post(method, params, (error: Error | null, result?: object) => {
      failure = error;
      answer = result as Result;
    });
    if (failure) throw failure;
    return answer as Result;
  }
}

/** Frames of a stack that are kept, the nearest ones; the service's own code is never deeper. */
const deepest = 64;
