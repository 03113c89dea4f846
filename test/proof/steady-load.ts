import { setTimeout as pause } from 'node:timers/promises';
import { Sender, type Shot } from '../../packages/lab/src/stress/sender.ts';

const tick_ms = 20;
const workers = 10;

/** Requests spread evenly over each second, as traffic is: those of a whole second at once would be garbage of a second at once. */
export class SteadyLoad {
  readonly #sender: Sender;
  readonly #stopping = new AbortController();
  readonly #over: Promise<void>;

  constructor(shot: Shot, rate_perSecond: number) {
    this.#sender = new Sender(shot, { workers, signal: this.#stopping.signal });
    this.#over = this.#run(rate_perSecond);
  }

  /** Requests that were answered so far. */
  get answered(): number {
    return this.#sender.counts.ok;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#over;
  }

  async #run(rate_perSecond: number): Promise<void> {
    const begun_ms = performance.now();
    let sent = 0;
    while (!this.#stopping.signal.aborted) {
      const due = Math.floor(((performance.now() - begun_ms) / 1000) * rate_perSecond) - sent;
      if (due > 0) await this.#sender.send(due);
      sent += Math.max(0, due);
      await pause(tick_ms);
    }
    this.#sender.close();
  }
}
