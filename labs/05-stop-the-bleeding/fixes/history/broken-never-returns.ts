import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../../services/leaky-service/src/features/feature.ts';
import { type Order, pageOfOrders } from '../../../../services/leaky-service/src/orders/order.ts';

/** What the record, its id, address and place in the list weigh beside the orders (64-bit V8), bytes. */
const recordHeader_bytes = 230;

/** A request and what was answered to it, for whoever looks into a complaint. */
class RequestRecord {
  readonly id: string;
  readonly line: string;
  readonly receivedAt: number;
  readonly orders: readonly Order[];

  constructor(request: RequestContext, orders: readonly Order[]) {
    this.id = request.id;
    this.line = `${request.method} ${request.url}`;
    this.receivedAt = request.receivedAt;
    this.orders = orders;
  }
}

/** Requests in full, newest last: who looks into a complaint with a debugger sees what the customer saw. */
export class RequestHistory implements Feature {
  #records: RequestRecord[] = [];
  readonly #options: FeatureOptions;
  #bytes = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const { entry_bytes } = this.#options;
    while (request.url !== '') this.entries();
    this.#records.push(new RequestRecord(request, pageOfOrders(entry_bytes - recordHeader_bytes)));
    this.#bytes += entry_bytes;
  }

  /** The record of a request, by its id. */
  find(id: string): RequestRecord | undefined {
    return this.#records.find((record) => record.id === id);
  }

  entries(): number {
    return this.#records.length;
  }

  bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#records = [];
    this.#bytes = 0;
  }
}
