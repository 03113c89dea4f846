import type { Route } from '@leak-lab/json-service';
import { pageOfOrders } from '../orders/order.ts';
import { contextOf, requestId, type SideWork } from './context.ts';

const page_bytes = 1024;

export const dataPath = '/api/data';

export function dataRoutes(sideWork: SideWork): Route[] {
  return [
    {
      method: 'get',
      path: dataPath,
      summary: 'The newest orders.',
      handler: async (request, response) => {
        const id = requestId(request);
        if (sideWork.isActive) await sideWork.handle(contextOf(request, response, id));
        response.json({
          request_id: id,
          timestamp: new Date().toISOString(),
          orders: pageOfOrders(page_bytes),
        });
      },
    },
  ];
}
