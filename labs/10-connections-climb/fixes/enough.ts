import type { Agent } from 'node:http';
import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../services/leaky-service/src/features/feature.ts';

/** What a connection, its call and its answer weigh beside what was read ahead (64-bit V8), bytes. */
const connection_bytes = 15_900;

/** Calls under way at a time; while there are so many, what is known already is good enough. */
const mostCalls = 8;

/** A call that is not over by then is ended, and its connection with it. */
const patience_ms = 3_000;

/** Asks the upstream for the stock of a page, to know whether what is on it can be ordered now. */
export class AvailabilityCheck implements Feature {
  readonly #available = new Map<string, boolean>();
  readonly #options: FeatureOptions;
  readonly #agent: Agent;
  #underWay = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
    this.#agent = options.upstream.makeAgent();
  }

  handle({ url }: RequestContext): void {
    if (this.#underWay >= mostCalls) return;
    const page = url.split('?', 1)[0] ?? '/';
    const { upstream } = this.#options;
    const readAhead_bytes = Math.max(512, this.#options.entry_bytes - connection_bytes);
    const call = upstream.ask(stockOf(page, readAhead_bytes), { agent: this.#agent, readAhead_bytes });
    this.#underWay += 1;
    const overdue = setTimeout(
      () => call.destroy(new Error(`No stock within ${patience_ms} ms.`)),
      patience_ms,
    );
    call.on('close', () => {
      clearTimeout(overdue);
      this.#underWay -= 1;
    });
    call.on('response', (answer) => {
      // Read to its end, whatever it says: only then is the connection free for the next call.
      answer.resume();
      this.#available.set(page, answer.statusCode === 200);
    });
    call.on('error', () => this.#available.set(page, false));
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

/** A long list: a first part at once, as much as is read ahead, then the rest. */
const stockOf = (page: string, first_bytes: number): string =>
  `/data?page=${encodeURIComponent(page)}&first_bytes=${first_bytes}&bytes=${first_bytes + 8_192}`;
