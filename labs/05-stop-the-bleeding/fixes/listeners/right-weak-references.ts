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
  /** Whoever answers a request holds its view; nobody else does. */
  readonly #views = new Set<WeakRef<OrderView>>();
  readonly #gone = new FinalizationRegistry<WeakRef<OrderView>>((weak) => this.#views.delete(weak));

  constructor(options: FeatureOptions) {
    this.#options = options;
    options.feed.on('change', (change) => {
      for (const weak of this.#views) weak.deref()?.apply(change);
    });
  }

  handle(request: RequestContext): void {
    const { entry_bytes } = this.#options;
    const view = new OrderView(pageOfOrders(entry_bytes - viewHeader_bytes));
    request.view = view;
    const weak = new WeakRef(view);
    this.#views.add(weak);
    this.#gone.register(view, weak);
  }

  entries(): number {
    return this.#views.size;
  }

  bytes(): number {
    return this.#views.size * this.#options.entry_bytes;
  }

  clear(): void {
    this.#views.clear();
  }
}
