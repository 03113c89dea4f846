import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';
import { type Order, pageOfOrders } from '../orders/order.ts';

const goodFor_ms = 30_000;

interface Quote {
  readonly orders: readonly Order[];
  readonly until_ms: number;
  readonly size_bytes: number;
}

/** Under load there are more quotes in half a minute than may be kept: then the oldest go early. */
const mostQuotes = 100;

/** Quotes prices that hold for half a minute, and no longer than a hundred newer ones, by the id they were asked for. */
export class PriceQuotes implements Feature {
  readonly #quotes = new Map<string, Quote>();
  readonly #options: FeatureOptions;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle({ id, receivedAt }: RequestContext): void {
    this.#sweep(receivedAt);
    if (this.#quotes.has(id)) return;
    const { entry_bytes } = this.#options;
    this.#quotes.set(id, {
      orders: pageOfOrders(entry_bytes),
      until_ms: receivedAt + goodFor_ms,
      size_bytes: entry_bytes,
    });
  }

  /** All quotes are good for the same time, so the first to end is the first that was made. */
  #sweep(now_ms: number): void {
    for (const [id, { until_ms }] of this.#quotes) {
      if (until_ms > now_ms && this.#quotes.size < mostQuotes) return;
      this.#quotes.delete(id);
    }
  }

  entries(): number {
    return this.#quotes.size;
  }

  bytes(): number {
    let total = 0;
    for (const { size_bytes } of this.#quotes.values()) total += size_bytes;
    return total;
  }

  clear(): void {
    this.#quotes.clear();
  }
}
