import type { Agent } from 'node:http';
import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';
import { TimeoutError } from '../upstream/errors.ts';

/** Calls under way at a time; while there are so many, what is known already is good enough. */
const mostCalls = 4;

/** A call that is not over by then is given up, and its connection with it. */
const patience_ms = 5_000;

/** Asks the upstream for the stock of a page, to know whether what is on it can be ordered now. */
export class AvailabilityCheck implements Feature {
  readonly #available = new Map<string, boolean>();
  readonly #options: FeatureOptions;
  readonly #agent: Agent;
  #underWay = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
    this.#agent = options.upstream.makeAgent({ maxSockets: mostCalls });
  }

  handle({ url }: RequestContext): void {
    if (this.#underWay >= mostCalls) return;
    const page = url.split('?', 1)[0] ?? '/';
    const { upstream, entry_bytes } = this.#options;
    const call = upstream.ask(stockOf(page, entry_bytes), { agent: this.#agent });
    this.#underWay += 1;
    const overdue = setTimeout(
      () => call.destroy(new TimeoutError(`The stock of ${page} was not told within ${patience_ms} ms.`)),
      patience_ms,
    );
    call.on('response', (answer) => {
      this.#available.set(page, answer.statusCode === 200);
      // The connection is free for the next call only when the answer has been read to its end.
      answer.resume();
    });
    call.on('error', () => this.#available.set(page, false));
    call.on('close', () => {
      clearTimeout(overdue);
      this.#underWay -= 1;
    });
  }

  entries(): number {
    return Object.values(this.#agent.sockets).reduce((sum, sockets) => sum + (sockets?.length ?? 0), 0);
  }

  bytes(): number {
    return this.entries() * this.#options.entry_bytes;
  }

  clear(): void {
    this.#available.clear();
    this.#agent.destroy();
  }
}

const stockOf = (page: string, first_bytes: number): string =>
  `/data?page=${encodeURIComponent(page)}&first_bytes=${first_bytes}&bytes=${first_bytes + 8_192}`;
