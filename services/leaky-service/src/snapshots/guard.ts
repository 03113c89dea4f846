import { getHeapStatistics } from 'node:v8';
import type { Blindness } from '../incidents/blindness.ts';
import type { ContainerMemory } from '../memory/container.ts';
import { collectAsLastResort } from '../memory/gc.ts';
import { adviceFor } from './advice.ts';
import { type Constants, constantsHere } from './constants.ts';
import { estimateCost, withGrowth } from './cost.ts';
import { type CountedHeap, countObjects } from './object-counts.ts';
import type { ObjectCounts } from './object-statistics.ts';
import { Reuse } from './reuse.ts';

/** How a snapshot leaves the process: a file costs no memory of its own, a stream is put together in memory first. */
export type Way = 'file' | 'stream';

/** Whether a snapshot fits, and on what grounds. */
export interface GuardWord {
  readonly fits: boolean;
  readonly limit_bytes: number | null;
  /** Without page cache that can be dropped. */
  readonly usage_bytes: number;
  readonly available_bytes: number | null;
  readonly live_heap_bytes: number;
  readonly estimated_objects: number;
  /**
   * With the margin for what the estimate may be wrong by, and room for the garbage that V8 lets gather again: most of
   * what a snapshot took stays with the process, and the first requests after it must not be too much.
   */
  readonly estimated_cost_bytes: number;
  readonly estimated_seconds: number;
  readonly basis: string;
  readonly advice: readonly string[];
}

export interface GuardDeps {
  readonly readContainer: () => ContainerMemory | null;
  readonly blind: Blindness;
  /** How objects are counted. */
  readonly count?: typeof countObjects;
}

/** Whoever only asks gets a word this old, so that a page that shows it does not have garbage collected each second. */
const wordHolds_ms = 5_000;
/** Pages that V8 has let go of are given back by another thread. */
const givingBack_ms = 30;

/** Says whether a snapshot fits under the memory limit; never lets one be taken itself. */
export class SnapshotGuard {
  readonly reuse = new Reuse();
  readonly #deps: GuardDeps;
  readonly #constants: Constants = constantsHere();
  readonly #last = new Map<Way, { readonly word: GuardWord; readonly at_ms: number }>();

  constructor(deps: GuardDeps) {
    this.#deps = deps;
  }

  /** The word as of the last seconds. */
  async recent(way: Way): Promise<GuardWord> {
    const last = this.#last.get(way);
    return last && performance.now() - last.at_ms < wordHolds_ms ? last.word : this.judge(way);
  }

  /**
   * Collects garbage, counts what is alive and judges by that. From the second collection until the promise is kept, no
   * request is served: a snapshot that follows at once is of the heap that was judged.
   */
  async judge(way: Way): Promise<GuardWord> {
    const withGarbage_bytes = this.#usage().usage_bytes;
    const counts = await (this.#deps.count ?? countObjects)();
    collectAsLastResort();
    standStill(givingBack_ms);
    const word = this.#judge(counts, way, withGarbage_bytes);
    this.#last.set(way, { word, at_ms: performance.now() });
    return word;
  }

  #usage(): {
    readonly limit_bytes: number | null;
    readonly usage_bytes: number;
    readonly container: ContainerMemory | null;
  } {
    const container = this.#deps.readContainer();
    return {
      container,
      limit_bytes: container?.limit_bytes ?? null,
      usage_bytes: container?.working_set_bytes ?? process.memoryUsage.rss(),
    };
  }

  #judge(counted: CountedHeap | undefined, way: Way, withGarbage_bytes: number): GuardWord {
    const { container, limit_bytes, usage_bytes } = this.#usage();
    const live_heap_bytes = getHeapStatistics().used_heap_size;
    const counts = counted
      ? withGrowth(counted, live_heap_bytes - counted.live_bytes)
      : supposed(live_heap_bytes);
    const { values, basis } = this.#constants;
    const cost = estimateCost(counts, values);
    const total_bytes = cost.bytes + (way === 'stream' ? cost.document_bytes : 0);
    const fresh_bytes = Math.max(leastFresh_share * total_bytes, total_bytes - this.reuse.bytes());
    const garbage_bytes = Math.min(mostGarbage_bytes, Math.max(0, withGarbage_bytes - usage_bytes));
    // Seldom is the estimate too low by so much and the garbage back at once.
    const room_bytes =
      margin_bytes + Math.max(fresh_bytes * values.error_share, garbage_bytes - cost.returned_bytes);
    const estimated_cost_bytes = Math.round(fresh_bytes + room_bytes);
    const available_bytes = limit_bytes === null ? null : Math.max(0, limit_bytes - usage_bytes);
    const fits = available_bytes === null || estimated_cost_bytes <= available_bytes;
    const figures = { limit_bytes, usage_bytes, estimated_cost_bytes };
    return {
      fits,
      limit_bytes,
      usage_bytes,
      available_bytes,
      live_heap_bytes,
      estimated_objects: Math.round(counts.objects),
      estimated_cost_bytes,
      estimated_seconds: Math.round(cost.seconds * 10) / 10,
      basis: `${counted ? 'objects counted by V8' : 'objects supposed from bytes alone'}; ${basis}; ${way === 'file' ? 'written to a file' : 'streamed'}`,
      advice: fits ? [] : adviceFor(figures, container?.enforced_by, this.#deps.blind),
    };
  }
}

function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Beside the error of the estimate: what the kernel counts and the process does not see, and requests that wait. */
const margin_bytes = 3 * 2 ** 20;

/** However much an earlier snapshot left: a third one with 6 to 18 MB to the limit ended the process. */
const leastFresh_share = 0.15;
/** More than this is not gathered again within seconds. */
const mostGarbage_bytes = 16 * 2 ** 20;

/** Where V8 does not count: as many objects as small ones would be, so that the error is to the safe side. */
function supposed(live_bytes: number): ObjectCounts {
  const objects = Math.round(live_bytes / 40);
  return {
    objects,
    edges: 3 * objects,
    texts: Math.round(objects / 4),
    text_bytes: Math.round(live_bytes / 4),
    longest_slots: Math.round(live_bytes / 256),
  };
}
