import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';
import { type Order, pageOfOrders } from '../orders/order.ts';

/** Gives each request a view of the orders that stays current until the request is answered, and no longer. */
export class OrderViews implements Feature {
  readonly #options: FeatureOptions;
  #open = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const { entry_bytes, feed } = this.#options;
    const orders = pageOfOrders(entry_bytes);
    const follow = (change: Pick<Order, 'number' | 'price_cents'>) => {
      const at = orders.findIndex((order) => order.number === change.number);
      const order = orders[at];
      if (order) orders[at] = { ...order, price_cents: change.price_cents };
    };
    feed.on('change', follow);
    this.#open += 1;
    request.view = { orders };
    request.onAnswered(() => {
      feed.off('change', follow);
      this.#open -= 1;
    });
  }

  entries(): number {
    return this.#open;
  }

  bytes(): number {
    return this.#open * this.#options.entry_bytes;
  }

  clear(): void {
    // Views in use end with their requests.
  }
}
