import type { Warnings } from '../warnings.ts';

/** A wall clock that is this far behind the record was set back. */
const noticeable_ms = 2_000;
/** One that is this far ahead of the time that passed was set forward, or the machine slept; told for a minute. */
const leap_ms = 10_000;
const toldFor_ms = 60_000;

export interface TimeSource {
  readonly wall_ms: () => number;
  readonly monotonic_ms: () => number;
}

const machine: TimeSource = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };

/**
 * The times of the record: the wall clock's, except that they never go back. Where the clock is set back, the record
 * goes on at the pace of the monotonic clock until the wall clock has come up to it, and a warning says so.
 */
export class RecordClock {
  readonly #source: TimeSource;
  readonly #warnings: Warnings;
  #last_ms: number;
  #lastMonotonic_ms: number;
  #begun = false;
  #leaptAt_ms: number | undefined;

  constructor(warnings: Warnings, last_ms = 0, source: TimeSource = machine) {
    this.#source = source;
    this.#warnings = warnings;
    this.#last_ms = last_ms;
    this.#lastMonotonic_ms = source.monotonic_ms();
  }

  /** Now, whole milliseconds since the epoch; never less than it was before. */
  now_ms(): number {
    const monotonic_ms = this.#source.monotonic_ms();
    const wall_ms = this.#source.wall_ms();
    const steady_ms = this.#last_ms + (monotonic_ms - this.#lastMonotonic_ms);
    const behind_ms = steady_ms - wall_ms;
    if (behind_ms > noticeable_ms) {
      this.#warnings.raise(
        'clock_set_back',
        'The clock of this machine was set back. The record goes on from where it was, ahead of the clock, until the clock has caught up.',
      );
    } else this.#warnings.clear('clock_set_back');
    this.#tellLeap(-behind_ms, monotonic_ms);
    const now_ms = behind_ms > noticeable_ms ? Math.round(steady_ms) : Math.max(wall_ms, this.#last_ms);
    this.#last_ms = now_ms;
    this.#lastMonotonic_ms = monotonic_ms;
    return now_ms;
  }

  #tellLeap(ahead_ms: number, monotonic_ms: number): void {
    // Before the first time asked for, the record was not kept.
    if (this.#begun && ahead_ms > leap_ms) {
      this.#leaptAt_ms = monotonic_ms;
      const seconds = Math.round(ahead_ms / 1000);
      this.#warnings.raise(
        'clock_set_forward',
        `The clock of this machine went forward by ${seconds} s: it was set, or the machine slept. The record has a gap there.`,
      );
    } else if (this.#leaptAt_ms !== undefined && monotonic_ms - this.#leaptAt_ms > toldFor_ms) {
      this.#leaptAt_ms = undefined;
      this.#warnings.clear('clock_set_forward');
    }
    this.#begun = true;
  }
}
