import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { MajorCollections } from './major-collections.ts';

const kindNames: Readonly<Record<number, GcKind>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

export type GcKind = 'minor' | 'major' | 'incremental' | 'weakcb' | 'other';

/** Collections of one kind since the watch began. */
export interface GcTotals {
  count: number;
  seconds: number;
}

/** What was left after the last major collection, bytes. */
export interface AfterGc {
  /** In the moment it ended. */
  readonly heap_used_bytes: number;
  /** In the moment it was told of, a turn of the loop or two later: what is outside of the heap is given back by finalizers. */
  readonly external_bytes: number;
}

/** Counts every collection of garbage, and notes what the last major one left. */
export class GcWatch {
  readonly totals: Readonly<Record<GcKind, GcTotals>> = {
    minor: { count: 0, seconds: 0 },
    major: { count: 0, seconds: 0 },
    incremental: { count: 0, seconds: 0 },
    weakcb: { count: 0, seconds: 0 },
    other: { count: 0, seconds: 0 },
  };
  readonly #observer: PerformanceObserver;
  readonly #majors = new MajorCollections();
  #afterMajor: AfterGc | undefined;

  /** `each` hears of every collection: its kind and how long the program stood still. */
  constructor(each: (kind: GcKind, seconds: number) => void = () => undefined) {
    this.#observer = new PerformanceObserver((list) => {
      const entries = list.getEntries();
      const majorsBefore = this.totals.major.count;
      for (const entry of entries) {
        const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
        const name = kindNames[kind] ?? 'other';
        const seconds = entry.duration / 1000;
        this.totals[name].count += 1;
        this.totals[name].seconds += seconds;
        each(name, seconds);
      }
      const left_bytes = this.#majors.told(entries.length, this.totals.major.count > majorsBefore);
      if (left_bytes !== undefined) {
        const external_bytes = getHeapStatistics().external_memory;
        this.#afterMajor = { heap_used_bytes: left_bytes, external_bytes };
      }
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** `undefined` before the first major collection. */
  get afterMajor(): AfterGc | undefined {
    return this.#afterMajor;
  }

  stop(): void {
    this.#observer.disconnect();
    this.#majors.stop();
  }
}
