import { Worker } from 'node:worker_threads';
import { processStart } from '../ending-note.ts';
import type { Crossing } from './learners-feature.ts';
// Not called here; so it is among what is compiled at the start, and a thread that runs it takes half the memory.
import './stuck-worker.ts';
import type { Watching, WatchOrder } from './watch-order.ts';

const beat_ms = 250;

/**
 * Sees from a thread of its own that the loop does not turn any more since the learner's code does not return, leaves a note of
 * where, and ends the process: nobody else could. It takes some 10 MB, so there is one only while there is such code.
 */
export class StuckWatch implements Crossing {
  readonly #state: Int32Array;
  readonly #beat: NodeJS.Timeout;
  readonly #worker: Worker;

  constructor(folder: URL, watching: Watching) {
    const shared = new SharedArrayBuffer(8);
    this.#state = new Int32Array(shared);
    this.#beat = setInterval(() => Atomics.add(this.#state, 0, 1), beat_ms).unref();
    const order: WatchOrder = {
      kind: 'stuck-watch',
      shared,
      folder: folder.href,
      started_at: processStart(),
      ...watching,
    };
    this.#worker = new Worker(new URL('./stuck-worker.ts', import.meta.url), { workerData: order });
    this.#worker.unref();
  }

  enter(): void {
    this.#state[1] = 1;
  }

  leave(): void {
    this.#state[1] = 0;
  }

  stop(): void {
    clearInterval(this.#beat);
    void this.#worker.terminate();
  }
}
