import type { DeathSummary, SampleSeries } from '../../services/console/src/api/contract.ts';
import { ask } from '../embedded/support/ask.ts';

/** Reads what the console has, and keeps it under load as people with the page open do. */
export class ConsoleWatch {
  readonly url: string;
  #reading = true;
  readonly #readers: Promise<void>[] = [];

  constructor(url: string) {
    this.url = url;
  }

  async deaths(): Promise<readonly DeathSummary[]> {
    return (await ask<{ deaths: DeathSummary[] }>(`${this.url}/api/deaths`)).deaths;
  }

  /** The times of all samples of a span, in seconds of their own: so many points that none is put together. */
  async sampleTimes(from_ms: number, to_ms = Date.now()): Promise<number[]> {
    const points = Math.ceil((to_ms - from_ms) / 1000) + 10;
    const series = await ask<SampleSeries>(
      `${this.url}/api/samples?from=${Math.floor(from_ms)}&to=${Math.ceil(to_ms)}&points=${points}`,
    );
    return series.columns.time_ms.flatMap((time) => (time === null ? [] : [time]));
  }

  /** `count` pages: each holds the stream open and asks for the last minutes over and over. */
  load(count: number): void {
    for (let reader = 0; reader < count; reader++) this.#readers.push(this.#follow(), this.#askOver());
  }

  async stop(): Promise<void> {
    this.#reading = false;
    this.#stopping.abort();
    await Promise.all(this.#readers);
  }

  readonly #stopping = new AbortController();

  async #follow(): Promise<void> {
    while (this.#reading) {
      try {
        const { body } = await fetch(`${this.url}/api/stream`, { signal: this.#stopping.signal });
        for await (const part of body ?? []) if (!this.#reading || part.length === 0) break;
      } catch {
        // The console is not there just now.
      }
      await pause(200);
    }
  }

  async #askOver(): Promise<void> {
    while (this.#reading) {
      await this.sampleTimes(Date.now() - 120_000).catch(() => undefined);
      await pause(100);
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
