import type { IncomingHttpHeaders } from 'node:http';
import type { OrderFeed } from '../orders/feed.ts';
import type { UpstreamClient } from '../upstream/client.ts';

/** A part of the service that does something for a request, and holds memory for it. */
export interface Feature {
  handle(request: RequestContext): void | Promise<void>;
  /** Things held now. */
  entries(): number;
  /** What they hold, in bytes, by the feature's own count. */
  bytes(): number;
  /** Lets go of everything. */
  clear(): void;
}

/** One request, as the features see it. */
export interface RequestContext {
  /** Unique among all requests: the caller's `x-request-id`, or one made here. */
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<IncomingHttpHeaders>;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** What features are made of. The size may be changed while they run; it holds for what comes after. */
export interface FeatureOptions {
  /** How much what is made for one request weighs in memory, bytes. */
  entry_bytes: number;
  readonly feed: OrderFeed;
  readonly upstream: UpstreamClient;
}
