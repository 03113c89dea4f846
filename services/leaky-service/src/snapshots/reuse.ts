/** Of what a snapshot left behind, the allocator can use this much again; measured, the rest lies in pieces. */
const usable = 0.95;

/**
 * A snapshot's memory is freed but stays with the process, and the next snapshot takes it first. This tells how much:
 * resident memory that neither the heap nor buffers explain, beyond what there was of it before.
 */
export class Reuse {
  #left_bytes = 0;
  #before_bytes = 0;

  /** Takes a snapshot by `capture` and notes what it leaves. */
  around<Result>(capture: () => Result): Result {
    const before_bytes = unexplained();
    try {
      return capture();
    } finally {
      const left_bytes = unexplained() - before_bytes;
      // The first one's traces are what later ones use.
      if (left_bytes > 0 || this.#left_bytes === 0) {
        if (this.#left_bytes === 0) this.#before_bytes = before_bytes;
        this.#left_bytes = Math.max(0, unexplained() - this.#before_bytes);
      }
    }
  }

  /** What the next snapshot will find. */
  bytes(): number {
    if (this.#left_bytes === 0) return 0;
    const still = Math.max(0, unexplained() - this.#before_bytes);
    return usable * Math.min(this.#left_bytes, still);
  }
}

function unexplained(): number {
  const { rss, heapTotal, external } = process.memoryUsage();
  return rss - heapTotal - external;
}
