import type { RequestContext } from '../features/feature.ts';
import { orderDocument } from '../orders/order.ts';
import { valueThatFits } from '../valkey/allocation.ts';

/** What the names of all sessions begin with. */
export const sessionPrefix = 'session:';

/** Orders differ in length by some: so much is left free, so that none needs more than was meant. */
const spare = 0.05;

/** The name of a request's session: as its cookie says, or a new one under the request's own id. */
export function sessionKey({ headers, id }: Pick<RequestContext, 'headers' | 'id'>): string {
  const session = /(?:^|;\s*)session=([\w-]{8,64})/.exec(headers.cookie ?? '')?.[1];
  return sessionPrefix + (session ?? id);
}

/** What a session was shown last, as text that takes about `size_bytes` where it is kept. */
export const shownLast = (size_bytes: number): string =>
  orderDocument((1 - spare) * valueThatFits(size_bytes));
