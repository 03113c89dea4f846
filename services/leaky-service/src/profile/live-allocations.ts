import { sampleCounter } from './sample-count.ts';
import { HeapSampler } from './sampler.ts';
import { type SampledStack, stacksOf } from './v8-profile.ts';

/** What was alive at one moment, of all that was allocated since a moment before. */
export interface LiveReading {
  readonly since: Date;
  readonly taken_at: Date;
  /** How long the process stood still for it: V8 collects all garbage first. */
  readonly pause_seconds: number;
  readonly stacks: readonly SampledStack[];
}

/** The objects that are alive, by the stack that allocated them: sampled all the time, read when somebody asks. */
export class LiveAllocations {
  readonly #sampler: HeapSampler;
  readonly #countOf: (scaled_bytes: number) => number;
  #since = new Date();
  #last: LiveReading | undefined;

  constructor(interval_bytes: number) {
    this.#sampler = new HeapSampler(interval_bytes);
    this.#countOf = sampleCounter(interval_bytes);
    this.#sampler.start('live');
  }

  get interval_bytes(): number {
    return this.#sampler.interval_bytes;
  }

  /** Reads now; V8 collects all garbage for it. */
  read(): LiveReading {
    const started_ms = performance.now();
    const profile = this.#sampler.read();
    const pause_seconds = (performance.now() - started_ms) / 1000;
    this.#last = {
      since: this.#since,
      taken_at: new Date(),
      pause_seconds,
      stacks: stacksOf(profile, this.#countOf),
    };
    return this.#last;
  }

  /** The last reading, where there is one: nothing is collected for it. */
  last(): LiveReading | undefined {
    return this.#last;
  }

  close(): void {
    this.#sampler.close();
  }
}
