import type { IncomingHttpHeaders } from 'node:http';
import type { OrderFeed } from '../orders/feed.ts';
import type { Order } from '../orders/order.ts';
import type { UpstreamClient } from '../upstream/client.ts';
import type { ValkeyServer } from '../valkey/server.ts';

/** A part of the service that does something for a request, and holds memory for it. */
export interface Feature {
  handle(request: RequestContext): void | Promise<void>;
  /** Things held now. */
  entries(): number;
  /** What they hold, in bytes, by the feature's own count. */
  bytes(): number;
  /** Lets go of everything; where that is another server's to do, it takes a moment. Never rejects. */
  clear(): void | Promise<void>;
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
  /** What the request brought, as it came; none where it brought nothing. */
  readonly body?: Buffer | undefined;
  /** Which version the caller wants to be loaded, where it names one. */
  readonly version?: string | undefined;
  /** Calls `done` once, when the request has been answered or its caller has gone. */
  readonly onAnswered: (done: () => void) => void;
  /** The orders as this request sees them, where a feature keeps them current for it. */
  view?: { readonly orders: readonly Order[] };
  /** What is to be said in the answer. */
  readonly notes?: Record<string, string | number | boolean>;
}

/** What features are made of. The size may be changed while they run; it holds for what comes after. */
export interface FeatureOptions {
  /** How much what is made for one request weighs in memory, bytes. */
  entry_bytes: number;
  readonly feed: OrderFeed;
  readonly upstream: UpstreamClient;
  readonly valkey: ValkeyServer;
  /** How long a session lasts after its last request. */
  readonly session_seconds: number;
}
