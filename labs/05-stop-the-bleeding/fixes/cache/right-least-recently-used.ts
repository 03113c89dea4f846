import type {
  Feature,
  FeatureOptions,
  RequestContext,
} from '../../../../services/leaky-service/src/features/feature.ts';
import { orderDocument } from '../../../../services/leaky-service/src/orders/order.ts';

interface CachedResponse {
  readonly body: string;
  readonly storedAt: number;
}

/** Headers that change what is answered, or who may see it. */
const varyOn = ['accept', 'accept-language', 'authorization', 'x-tenant'] as const;

/** What the map's slot, the key and the entry itself weigh beside the body (64-bit V8), bytes. */
const entryHeader_bytes = 216;

const most_bytes = 1_000_000;

/** Keeps a megabyte of documents; the one that nobody asked for longest goes first. */
export class ResponseCache implements Feature {
  readonly #responses = new Map<string, CachedResponse>();
  readonly #options: FeatureOptions;
  #bytes = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const key = cacheKey(request);
    const kept = this.#responses.get(key);
    if (kept) {
      this.#responses.delete(key);
      this.#responses.set(key, kept);
      return;
    }
    const body = orderDocument(this.#options.entry_bytes - entryHeader_bytes);
    this.#responses.set(key, { body, storedAt: request.receivedAt });
    this.#bytes += body.length + entryHeader_bytes;
    for (const [oldest, { body: old }] of this.#responses) {
      if (this.#bytes <= most_bytes || oldest === key) break;
      this.#responses.delete(oldest);
      this.#bytes -= old.length + entryHeader_bytes;
    }
  }

  /** The document that is kept for a question, whoever asked it first. */
  documentFor(request: RequestContext): string | undefined {
    return this.#responses.get(cacheKey(request))?.body;
  }

  entries(): number {
    return this.#responses.size;
  }

  bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#responses.clear();
    this.#bytes = 0;
  }
}

function cacheKey(request: RequestContext): string {
  const variant = varyOn.map((name) => request.headers[name] ?? '').join('|');
  return `${request.method} ${request.url} ${variant}`;
}
