import type { Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import type { EventLog } from '../record/event-log.ts';
import { askService } from '../service/ask.ts';
import type { ServiceClient } from '../service/client.ts';

/** What it may be is the service's to say; that it is an object is asked here. */
const leakBody = v.looseObject({});
/** Collecting a full heap may take a second or two. */
const timeout_ms = 15_000;

/** What the page does to the service: passed on, refusals and all. In a blind lab the service has no switches. */
export function serviceRoutes(client: ServiceClient, events: EventLog): Route[] {
  return [
    {
      method: 'post',
      path: '/api/leaks/:id',
      summary: 'Switches a leak on or off.',
      body: leakBody,
      handler: async (request, response) => {
        const path = `/admin/leaks/${encodeURIComponent(String(request.params['id']))}`;
        response.json(await askService(client, 'POST', path, { json: request.body, timeout_ms }));
      },
    },
    {
      method: 'post',
      path: '/api/gc',
      summary: 'Has the service collect all garbage.',
      handler: async (_request, response) => {
        const collected = await askService(client, 'POST', '/admin/gc', { json: {}, timeout_ms });
        const { freed_mb } = collected as { freed_mb?: unknown };
        events.add(
          'gc',
          'All garbage collected by request',
          typeof freed_mb === 'number' ? { freed_mb } : {},
        );
        response.json(collected);
      },
    },
    {
      method: 'post',
      path: '/api/reset',
      summary: 'Everything in the service as after a start.',
      handler: async (_request, response) => {
        const reset = await askService(client, 'POST', '/admin/reset', { json: {}, timeout_ms });
        events.add('reset', 'The service was reset');
        response.json(reset);
      },
    },
  ];
}
