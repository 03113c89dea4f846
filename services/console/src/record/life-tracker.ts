import type { Reading } from '../service/reading.ts';
import type { Life } from '../store/lives.ts';

/** Clocks of two readings of one life agree within this. */
const tolerance_seconds = 2.5;

/** What a reading says of the life before it. */
export interface Seen {
  readonly life: Life;
  /** The life that is over, where the reading is of a new one. */
  readonly over: Life | undefined;
  readonly begun: boolean;
}

interface LastReading {
  readonly reading: Reading;
  readonly came_ms: number;
}

/** Follows the lives of the service: which readings belong to one process, and when another has taken its place. */
export class LifeTracker {
  #life: Life | undefined;
  #last: LastReading | undefined;
  readonly #nextId: () => number;

  /** `life` is the one that was seen last before this console started. */
  constructor(life: Life | undefined, nextId: () => number) {
    this.#life = life;
    this.#nextId = nextId;
  }

  get life(): Life | undefined {
    return this.#life;
  }

  /** The last reading of this life that this console took itself. */
  get reading(): Reading | undefined {
    return this.#last?.reading;
  }

  /** Takes a reading; `came_ms` is monotonic, `now_ms` the record's. */
  follow(reading: Reading, came_ms: number, now_ms: number): Seen {
    const before = this.#life;
    const same = before !== undefined && this.#isOf(before, reading, came_ms);
    const life: Life = same
      ? { ...before, last_seen_ms: now_ms }
      : {
          id: this.#nextId(),
          pid: reading.pid,
          started_at_ms: Math.round(reading.started_at),
          first_seen_ms: now_ms,
          last_seen_ms: now_ms,
          ended_at_ms: null,
        };
    this.#life = life;
    this.#last = { reading, came_ms };
    return { life, over: same ? undefined : before, begun: !same };
  }

  /** The life is over, or (`null`) was not after all. */
  ended(at_ms: number | null): void {
    if (this.#life) this.#life = { ...this.#life, ended_at_ms: at_ms };
  }

  /** By the monotonic clocks on both sides where there are two readings; a wall clock may have been set in between. */
  #isOf(life: Life, reading: Reading, came_ms: number): boolean {
    if (life.pid !== reading.pid) return false;
    if (this.#last === undefined) {
      return Math.abs(life.started_at_ms - reading.started_at) < tolerance_seconds * 1000;
    }
    const expected = this.#last.reading.uptime_seconds + (came_ms - this.#last.came_ms) / 1000;
    // An answer that was long on its way is older than it seems, by as much as a look may take.
    const late = expected - reading.uptime_seconds;
    if (reading.uptime_seconds < this.#last.reading.uptime_seconds) return false;
    return (
      Math.abs(late) < tolerance_seconds ||
      Math.abs(life.started_at_ms - reading.started_at) < tolerance_seconds * 1000
    );
  }
}
