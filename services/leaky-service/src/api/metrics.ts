import type { Route } from '@leak-lab/json-service';
import { scrape } from '../metrics/registry.ts';

export function metricsRoutes(): Route[] {
  return [
    {
      method: 'get',
      path: '/metrics',
      summary: 'All metrics, for Prometheus.',
      handler: async (request, response) => {
        const { contentType, text } = await scrape(request.headers.accept);
        response.set('content-type', contentType).end(text);
      },
    },
  ];
}
