import { GCProfiler } from 'node:v8';

/** V8 notes some 3 KB for each collection until it is read. */
const mostUnread = 64;

/**
 * What major collections left on the heap, as V8 notes it in the moment each ends. Who measures when he is told of one, a turn of the
 * loop later, counts what came since: on a busy machine that is a megabyte and more.
 */
export class MajorCollections {
  readonly #profiler = new GCProfiler();
  #unread = 0;

  constructor() {
    this.#profiler.start();
  }

  /**
   * To be called with how many collections there were, and whether a major one was among them. Bytes that the last major one left
   * since the call before; `undefined` where none was noted.
   */
  told(count: number, major: boolean): number | undefined {
    this.#unread += count;
    if (!major && this.#unread < mostUnread) return undefined;
    this.#unread = 0;
    const noted = this.#profiler.stop();
    this.#profiler.start();
    const last = noted?.statistics.findLast(({ gcType }) => gcType === 'MarkSweepCompact');
    return last?.afterGC.heapStatistics.usedHeapSize;
  }

  stop(): void {
    this.#profiler.stop();
  }
}
