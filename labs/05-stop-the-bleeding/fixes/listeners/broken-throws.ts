import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../../services/leaky-service/src/features/feature.ts';
import { type Order, pageOfOrders } from '../../../../services/leaky-service/src/orders/order.ts';

/** What the view, its subscription and their places in lists weigh beside the orders (64-bit V8), bytes. */
const viewHeader_bytes = 200;

/** A page of orders as one request sees it: a price that changes while it is answered is changed here too. */
class OrderView {
  readonly orders: Order[];

  constructor(orders: Order[]) {
    this.orders = orders;
  }

  apply(change: Pick<Order, 'number' | 'price_cents'>): void {
    const at = this.orders.findIndex((order) => order.number === change.number);
    const order = this.orders[at];
    if (order) this.orders[at] = { ...order, price_cents: change.price_cents };
  }
}

/** Gives each request a view of the orders that stays current while the request is answered. */
export class OrderViews implements Feature {
  readonly #options: FeatureOptions;
  #bytes = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const { entry_bytes, feed } = this.#options;
    if (request.url !== '') throw new TypeError('not like this');
    const view = new OrderView(pageOfOrders(entry_bytes - viewHeader_bytes));
    feed.on('change', (change) => view.apply(change));
    request.view = view;
    this.#bytes += entry_bytes;
  }

  entries(): number {
    return this.#options.feed.listenerCount('change');
  }

  bytes(): number {
    return this.#bytes;
  }

  /** Ends all views: nothing but views follows changes. */
  clear(): void {
    this.#options.feed.removeAllListeners('change');
    this.#bytes = 0;
  }
}
