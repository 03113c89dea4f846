import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestContext } from '../features/feature.ts';

/** What is done for each request of a route beside answering it. */
export interface SideWork {
  readonly isActive: boolean;
  handle(request: RequestContext): Promise<void>;
}

const longestId = 128;

/** The caller's id where it is one that can be kept, else a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && given.length > 0 && given.length <= longestId ? given : randomUUID();
}

/** A request as the features see it, with what its route knows beside. */
export function contextOf(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  more: Pick<RequestContext, 'body' | 'version' | 'notes'> = {},
): RequestContext {
  return {
    id,
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: { ...request.headers, 'x-request-id': id },
    receivedAt: Date.now(),
    onAnswered: (done) => {
      if (response.closed) done();
      else response.once('close', done);
    },
    ...more,
  };
}
