import { type Order, pageOfOrders } from '../orders/order.ts';
import type { Feature, FeatureOptions, RequestContext } from './feature.ts';

/** Whoever comes back within this time gets the prices that were quoted. */
const goodFor_ms = 30_000;

interface Quote {
  readonly orders: readonly Order[];
  readonly until_ms: number;
}

/** What the map's slot, the key and the quote itself weigh beside the orders (64-bit V8), bytes. */
const quoteHeader_bytes = 216;

/** Quotes prices that hold for half a minute, by the id under which they were asked for. */
export class PriceQuotes implements Feature {
  readonly #quotes = new Map<string, Quote>();
  readonly #options: FeatureOptions;
  #bytes = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ id, receivedAt }: RequestContext): void {
    if (this.#valid(id, receivedAt)) return;
    const { entry_bytes } = this.#options;
    const orders = pageOfOrders(entry_bytes - quoteHeader_bytes);
    this.#quotes.set(id, { orders, until_ms: receivedAt + goodFor_ms });
    this.#bytes += entry_bytes;
  }

  /** The quote of that id, unless its time is over: then it is dropped. */
  #valid(id: string, now_ms: number): Quote | undefined {
    const quote = this.#quotes.get(id);
    if (!quote || quote.until_ms > now_ms) return quote;
    this.#quotes.delete(id);
    this.#bytes -= this.#options.entry_bytes;
    return undefined;
  }

  entries(): number {
    return this.#quotes.size;
  }

  bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#quotes.clear();
    this.#bytes = 0;
  }
}
