import type { Reading } from '../service/reading.ts';
import type { RecordedSample } from '../store/samples.ts';

/** A minute for the estimates, and some for what comes late. */
const most = 90;

/** The last samples of the life that is, in memory: they are there also where nothing can be written. */
export class Recent {
  #life = -1;
  #samples: RecordedSample[] = [];
  #reading: Reading | undefined;

  add(life: number, sample: RecordedSample, reading: Reading): void {
    if (life !== this.#life) this.#samples = [];
    this.#life = life;
    this.#samples.push(sample);
    if (this.#samples.length > most) this.#samples.shift();
    this.#reading = reading;
  }

  /** Of the life that is, from `from_ms` on. */
  samples(from_ms = 0): readonly RecordedSample[] {
    return this.#samples.filter(({ time_ms }) => time_ms >= from_ms);
  }

  /** The last reading of any life. */
  get reading(): Reading | undefined {
    return this.#reading;
  }

  of(life: number): { samples: readonly RecordedSample[]; reading: Reading } | undefined {
    if (life !== this.#life || this.#reading === undefined) return undefined;
    return { samples: this.#samples, reading: this.#reading };
  }
}
