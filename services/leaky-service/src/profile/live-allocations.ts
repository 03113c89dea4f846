import { ServiceError } from '../errors.ts';
import type { HeapProfile } from './protocol.ts';
import { type Recording, record } from './recording.ts';
import { sampleCounter } from './sample-count.ts';
import { HeapSampler } from './sampler.ts';
import { type SampledStack, stacksOf, sumSamples } from './v8-profile.ts';

/** What was alive at one moment, of all that was allocated since a moment before. */
export interface LiveReading {
  readonly since: Date;
  readonly taken_at: Date;
  /** How long the process stood still for it: V8 collects all garbage first. */
  readonly pause_seconds: number;
  readonly stacks: readonly SampledStack[];
}

interface UnderWay {
  readonly ends_ms: number;
  end(): void;
}

/**
 * The objects that are alive, by the stack that allocated them: sampled all the time, read when somebody asks. V8 has one
 * such profiler: while allocations are recorded nothing is known of what lives, and afterwards nothing of what lived before.
 */
export class LiveAllocations {
  readonly #sampler: HeapSampler;
  readonly #countOf: (scaled_bytes: number) => number;
  #since = new Date();
  #last: LiveReading | undefined;
  #underWay: UnderWay | undefined;
  #isClosed = false;

  constructor(interval_bytes: number) {
    this.#sampler = new HeapSampler(interval_bytes);
    this.#countOf = sampleCounter(interval_bytes);
    this.#sampler.start('live');
  }

  get interval_bytes(): number {
    return this.#sampler.interval_bytes;
  }

  get isRecording(): boolean {
    return this.#underWay !== undefined;
  }

  /** Reads now; V8 collects all garbage for it. Throws `recording_under_way` where nothing is known of what lives. */
  read(): LiveReading {
    const started_ms = performance.now();
    const profile = this.readAsIs();
    const pause_seconds = (performance.now() - started_ms) / 1000;
    const stacks = stacksOf(profile, this.#countOf);
    this.#last = { since: this.#since, taken_at: new Date(), pause_seconds, stacks };
    return this.#last;
  }

  /** The same as V8 gives it. Throws `recording_under_way`. */
  readAsIs(): HeapProfile {
    this.#refuseWhileRecording();
    return this.#sampler.read();
  }

  /** The last reading, where there is one: nothing is collected for it. */
  last(): LiveReading | undefined {
    return this.#last;
  }

  /**
   * Records what is allocated, alive or not, until `seconds` are over, `signal` ends it or the profiler is closed.
   * Throws `recording_under_way` where another one is.
   */
  async record(seconds: number, signal: AbortSignal): Promise<Recording> {
    this.read();
    const closing = new AbortController();
    this.#underWay = { ends_ms: performance.now() + seconds * 1000, end: () => closing.abort() };
    try {
      const sumUp = (profile: HeapProfile) => stacksOf(profile, this.#countOf).map(sumSamples);
      return await record(this.#sampler, seconds, sumUp, AbortSignal.any([signal, closing.signal]));
    } finally {
      this.#underWay = undefined;
      this.#since = new Date();
      if (this.#isClosed) this.#sampler.close();
      else this.#sampler.start('live');
    }
  }

  /** Ends a recording that is under way: it tells what it has. */
  endRecording(): void {
    this.#underWay?.end();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#underWay) this.#underWay.end();
    else this.#sampler.close();
  }

  #refuseWhileRecording(): void {
    if (!this.#underWay) return;
    const retry_after_seconds = Math.max(1, Math.ceil((this.#underWay.ends_ms - performance.now()) / 1000));
    throw new ServiceError(
      'recording_under_way',
      `Allocations are being recorded, and V8 can do nothing else meanwhile. Ask again in ${retry_after_seconds} s.`,
      { retry_after_seconds },
    );
  }
}
