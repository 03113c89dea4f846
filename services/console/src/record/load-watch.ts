import type { RecordedSample } from '../store/samples.ts';

/** The console's own look is one request a second, and a person's clicks are few: neither is load. */
const begins = { perSecond: 10, samples: 3 };
const ends = { perSecond: 3, samples: 5 };

/** Tells when load begins and ends, by the rate of requests. */
export class LoadWatch {
  #loaded = false;
  #opposed = 0;

  /** The change that this sample brings, if any. */
  next({
    requests_per_second: rate,
  }: Pick<RecordedSample, 'requests_per_second'>): 'load_begin' | 'load_end' | undefined {
    if (rate === null) return undefined;
    const opposed = this.#loaded ? rate <= ends.perSecond : rate >= begins.perSecond;
    this.#opposed = opposed ? this.#opposed + 1 : 0;
    if (this.#opposed < (this.#loaded ? ends.samples : begins.samples)) return undefined;
    this.#loaded = !this.#loaded;
    this.#opposed = 0;
    return this.#loaded ? 'load_begin' : 'load_end';
  }

  /** The service is gone, and what asked it is not known; `true` where there was load. */
  lost(): boolean {
    const was = this.#loaded;
    this.#loaded = false;
    this.#opposed = 0;
    return was;
  }
}
