import { type Order, pageOfOrders } from '../orders/order.ts';
import type { Feature, FeatureOptions, RequestContext } from './feature.ts';

/** What was asked and answered, as it passes through the service. */
interface Message {
  readonly id: string;
  readonly page: string;
  readonly receivedAt: number;
  readonly orders: readonly Order[];
}

/** What the message, its job and the job's place in the queue weigh beside the orders (64-bit V8), bytes. */
const messageHeader_bytes = 420;

/** Fetches a page anew while it is still good, so that nobody has to wait for it when it is not. */
export class RefreshAhead implements Feature {
  readonly #freshSince = new Map<string, number>();
  readonly #options: FeatureOptions;
  #held = 0;
  #bytes = 0;
  #epoch = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const { entry_bytes, upstream } = this.#options;
    const message: Message = {
      id: request.id,
      page: request.url.split('?', 1)[0] ?? '/',
      receivedAt: request.receivedAt,
      orders: pageOfOrders(entry_bytes - messageHeader_bytes),
    };
    const epoch = this.#epoch;
    this.#held += 1;
    this.#bytes += entry_bytes;
    upstream.jobs.push(async () => {
      try {
        const answer = await upstream.call('GET', `/data?page=${encodeURIComponent(message.page)}`);
        if (answer.status === 200) this.#freshSince.set(message.page, Date.now());
      } catch {
        // The page stays as old as it is; the next request asks again. The outcome is counted by the client.
      }
      if (epoch !== this.#epoch) return;
      this.#held -= 1;
      this.#bytes -= entry_bytes;
    });
  }

  entries(): number {
    return this.#held;
  }

  bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#options.upstream.jobs.clear();
    this.#freshSince.clear();
    this.#epoch += 1;
    this.#held = 0;
    this.#bytes = 0;
  }
}
