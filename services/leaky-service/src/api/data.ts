import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Route } from '@leak-lab/json-service';
import type { RequestContext } from '../features/feature.ts';
import { pageOfOrders } from '../orders/order.ts';

/** What is done for each request beside answering it. */
export interface SideWork {
  readonly isActive: boolean;
  handle(request: RequestContext): Promise<void>;
}

const page_bytes = 1024;
const longestId = 128;

export function dataRoutes(sideWork: SideWork): Route[] {
  return [
    {
      method: 'get',
      path: '/api/data',
      summary: 'The newest orders.',
      handler: async (request, response) => {
        const id = requestId(request);
        if (sideWork.isActive) await sideWork.handle(contextOf(request, id));
        response.json({
          request_id: id,
          timestamp: new Date().toISOString(),
          orders: pageOfOrders(page_bytes),
        });
      },
    },
  ];
}

/** The caller's id where it is one that can be kept, else a new one. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && given.length > 0 && given.length <= longestId ? given : randomUUID();
}

function contextOf(request: IncomingMessage, id: string): RequestContext {
  return {
    id,
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: { ...request.headers, 'x-request-id': id },
    receivedAt: Date.now(),
  };
}
