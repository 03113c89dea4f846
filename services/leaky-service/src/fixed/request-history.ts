import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';
import { type Order, pageOfOrders } from '../orders/order.ts';

interface RequestRecord {
  readonly id: string;
  readonly line: string;
  readonly receivedAt: number;
  readonly orders: readonly Order[];
  readonly size_bytes: number;
}

const mostRecords = 50;

/** The last fifty requests in full: who looks into a complaint with a debugger sees what the customer saw. */
export class RequestHistory implements Feature {
  #records: RequestRecord[] = [];
  #next = 0;
  readonly #options: FeatureOptions;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const { entry_bytes } = this.#options;
    this.#records[this.#next] = {
      id: request.id,
      line: `${request.method} ${request.url}`,
      receivedAt: request.receivedAt,
      orders: pageOfOrders(entry_bytes),
      size_bytes: entry_bytes,
    };
    this.#next = (this.#next + 1) % mostRecords;
  }

  /** The record of a request, by its id; of one of the last fifty. */
  find(id: string): RequestRecord | undefined {
    return this.#records.find((record) => record.id === id);
  }

  entries(): number {
    return this.#records.length;
  }

  bytes(): number {
    return this.#records.reduce((total, record) => total + record.size_bytes, 0);
  }

  clear(): void {
    this.#records = [];
    this.#next = 0;
  }
}
