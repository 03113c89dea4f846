import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';
import { untilAnswers } from '../supervisor/health.ts';
import type { Counts, LoadEngine, LoadTarget } from './engine.ts';

/** Far longer than any run, and within what a timer can hold (24 days): the lab says when it ends. */
const for_ever_seconds = 7 * 24 * 3600;
/** Failures in a row after which the service is taken for dead. */
const dead_after = 3;

/**
 * Load by autocannon. It would reconnect to a dead service as fast as it can, so it is stopped when
 * nobody answers and started again when /health does.
 */
export class AutocannonEngine implements LoadEngine {
  readonly name = 'autocannon';
  readonly ended: Promise<string | undefined>;
  readonly #stopping = new AbortController();
  #answered = 0;
  #refused = 0;
  #failed = 0;

  readonly target: LoadTarget;
  readonly health_url: string;

  constructor(target: LoadTarget, health_url: string) {
    this.target = target;
    this.health_url = health_url;
    this.ended = this.#run();
  }

  counts(): Counts {
    return { answered: this.#answered, refused: this.#refused, failed: this.#failed };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.ended;
  }

  async #run(): Promise<undefined> {
    const { signal } = this.#stopping;
    while (await untilAnswers(this.health_url, signal)) {
      await this.#untilNobodyAnswers();
      await pause(100, undefined, { signal }).catch(() => undefined);
    }
  }

  #untilNobodyAnswers(): Promise<void> {
    const { url, method, body, rate, connections } = this.target;
    let inARow = 0;
    return new Promise((resolve, reject) => {
      const instance = autocannon(
        // Stops are seen at the sampling interval only, so it is short.
        {
          url,
          method,
          ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
          connections,
          overallRate: rate,
          duration: for_ever_seconds,
          sampleInt: 100,
          timeout: 10,
        },
        (error: Error | null) => {
          this.#stopping.signal.removeEventListener('abort', stop);
          if (error) reject(error);
          else resolve();
        },
      );
      const stop = () => instance.stop?.();
      this.#stopping.signal.addEventListener('abort', stop);
      instance.on('response', (_client, status: number) => {
        inARow = 0;
        this.#answered += 1;
        if (status < 200 || status > 299) this.#refused += 1;
      });
      instance.on('reqError', () => {
        inARow += 1;
        // While autocannon reconnects to a dead service its errors are its own, not requests.
        if (inARow <= connections) this.#failed += 1;
        if (inARow >= dead_after) stop();
      });
    });
  }
}
