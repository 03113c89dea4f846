import type { IncomingMessage } from 'node:http';

/** A request that has not been answered yet, as `/admin/sample` tells it. */
export interface InFlightRequest {
  readonly method: string;
  /** Without its query, which may hold what is nobody's business. */
  readonly path: string;
  readonly age_seconds: number;
}

/**
 * The requests under way, in the order they came. Two operations on a map of Node's own objects for each request
 * (0.1 µs); everything else is done when somebody asks.
 */
export class InFlightRequests {
  readonly #startedAt_ms = new Map<IncomingMessage, number>();

  begin(request: IncomingMessage, started_ms: number): void {
    this.#startedAt_ms.set(request, started_ms);
  }

  end(request: IncomingMessage): void {
    this.#startedAt_ms.delete(request);
  }

  get count(): number {
    return this.#startedAt_ms.size;
  }

  /** The `most` oldest, without the one that asks. */
  oldest(most: number, asking: IncomingMessage, now_ms = performance.now()): InFlightRequest[] {
    const found: InFlightRequest[] = [];
    for (const [request, started_ms] of this.#startedAt_ms) {
      if (found.length === most) break;
      if (request === asking) continue;
      found.push({
        method: request.method ?? '',
        path: (request.url ?? '').split('?', 1)[0] ?? '',
        age_seconds: Math.round(now_ms - started_ms) / 1000,
      });
    }
    return found;
  }
}
