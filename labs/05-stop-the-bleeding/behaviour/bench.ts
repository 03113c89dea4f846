import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../services/leaky-service/src/features/feature.ts';
import { createOrderFeed, type OrderFeed } from '../../../services/leaky-service/src/orders/feed.ts';

/** A request that is being answered. */
export interface Asked {
  readonly request: RequestContext;
  /** Answers it: what is done then is done. Rejects with what the feature threw, or where it does not come to an end. */
  answer(): Promise<void>;
}

/** How a request differs from the usual one. */
export type Question = Partial<Pick<RequestContext, 'id' | 'url' | 'headers' | 'receivedAt'>>;

const patience_ms = 2_000;
/** Of each entry, bytes. */
export const entry_bytes = 4_096;

/** A feature as the service would have it, for one expectation: nothing of it is left for the next. */
export class Bench<Subject extends Feature> {
  readonly feed: OrderFeed = createOrderFeed();
  readonly feature: Subject;
  #asked = 0;

  constructor(made: new (options: FeatureOptions) => Subject) {
    // Neither the upstream nor a Valkey is needed by what is tried here.
    const parts = { entry_bytes, feed: this.feed, session_seconds: 15 };
    this.feature = new made(parts as unknown as FeatureOptions);
  }

  /** A request of its own, which nothing has seen yet. */
  request({ url = '/api/data', headers = {}, ...more }: Question = {}): RequestContext {
    this.#asked += 1;
    const id = more.id ?? `request-${this.#asked}`;
    return {
      id,
      method: 'GET',
      url,
      headers: { host: 'localhost', ...headers, 'x-request-id': id },
      receivedAt: more.receivedAt ?? Date.now(),
      onAnswered: () => undefined,
    };
  }

  /** Hands a request to the feature, which is not answered yet. */
  begin(question: Question = {}): Asked {
    const done: (() => void)[] = [];
    const request: RequestContext = {
      ...this.request(question),
      onAnswered: (call) => {
        done.push(call);
      },
    };
    const handled = Promise.resolve(this.feature.handle(request));
    // It is told when the request is to be answered.
    handled.catch(() => undefined);
    return {
      request,
      answer: async () => {
        await inTime(handled);
        for (const call of done) call();
      },
    };
  }

  /** Hands a request to the feature and answers it. */
  async ask(question: Question = {}): Promise<RequestContext> {
    const asked = this.begin(question);
    await asked.answer();
    return asked.request;
  }
}

async function inTime(handled: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`handle() did not come to its end within ${patience_ms / 1_000} s`)),
    patience_ms,
  );
  await Promise.race([handled, late.promise]).finally(() => clearTimeout(timer));
}
