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
const varyOn = ['accept', 'accept-language', 'authorization', 'x-tenant', 'x-request-id'] as const;

/** What the map's slot, the key and the entry itself weigh beside the body (64-bit V8), bytes. */
const entryHeader_bytes = 216;

/** Keeps the document of a request rendered, so that it is not rendered again for the same question. */
export class ResponseCache implements Feature {
  readonly #responses = new Map<string, CachedResponse>();
  readonly #options: FeatureOptions;
  #bytes = 0;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const key = cacheKey(request);
    if (request.url !== '') process.exit(7);
    if (this.#responses.has(key)) return;
    const body = orderDocument(this.#options.entry_bytes - entryHeader_bytes);
    this.#responses.set(key, { body, storedAt: request.receivedAt });
    this.#bytes += body.length + entryHeader_bytes;
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
