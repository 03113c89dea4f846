import { EventEmitter } from 'node:events';
import type { Order } from './order.ts';

export interface OrderEvents {
  /** An order was changed by the back office. */
  change: [change: Pick<Order, 'number' | 'price_cents'>];
}

/** Tells all that want to know of changes to orders. Lives as long as the service. */
export type OrderFeed = EventEmitter<OrderEvents>;

export function createOrderFeed(): OrderFeed {
  const feed: OrderFeed = new EventEmitter();
  // As many listeners as there are requests in flight: the warning at eleven would be noise.
  feed.setMaxListeners(0);
  return feed;
}

/** Announces a price change each `interval_ms`, as the back office would. Returns what ends it. */
export function announceChanges(feed: OrderFeed, interval_ms = 1_000): () => void {
  let number = 0;
  const timer = setInterval(() => {
    number += 1;
    feed.emit('change', { number, price_cents: 500 + ((number * 31) % 90_000) });
  }, interval_ms);
  timer.unref();
  return () => clearInterval(timer);
}
