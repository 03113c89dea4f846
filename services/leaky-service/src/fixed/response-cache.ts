import type { Feature, FeatureOptions, RequestContext } from '../features/feature.ts';
import { orderDocument } from '../orders/order.ts';

interface CachedResponse {
  readonly body: string;
  readonly storedAt: number;
}

/** Headers that change what is answered, or who may see it. A request's own id does neither. */
const varyOn = ['accept', 'accept-language', 'authorization', 'x-tenant'] as const;

const mostResponses = 100;

/** Keeps the documents of the last hundred different questions; the one stored first goes first. */
export class ResponseCache implements Feature {
  readonly #responses = new Map<string, CachedResponse>();
  readonly #options: FeatureOptions;

  constructor(options: FeatureOptions) {
    this.#options = options;
  }

  handle(request: RequestContext): void {
    const key = cacheKey(request);
    if (this.#responses.has(key)) return;
    const body = orderDocument(this.#options.entry_bytes);
    this.#responses.set(key, { body, storedAt: request.receivedAt });
    if (this.#responses.size > mostResponses) {
      const oldest = this.#responses.keys().next().value;
      if (oldest !== undefined) this.#responses.delete(oldest);
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
    let total = 0;
    for (const { body } of this.#responses.values()) total += body.length;
    return total;
  }

  clear(): void {
    this.#responses.clear();
  }
}

function cacheKey(request: RequestContext): string {
  const variant = varyOn.map((name) => request.headers[name] ?? '').join('|');
  return `${request.method} ${request.url} ${variant}`;
}
