import type { Route } from '@leak-lab/json-service';
import { activeResources, openSockets } from '../metrics/resources.ts';
import type { UpstreamClient } from '../upstream/client.ts';

export function resourceRoutes(upstream: UpstreamClient): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/resources',
      summary: 'What keeps the process busy or open: handles, sockets, timers, jobs that wait.',
      handler: (_request, response) => {
        const active = activeResources();
        response.json({
          timestamp: new Date().toISOString(),
          active,
          open_sockets: openSockets(active),
          timers: (active['Timeout'] ?? 0) + (active['Immediate'] ?? 0),
          pending_jobs: upstream.jobs.waiting,
          running_jobs: upstream.jobs.busy,
          upstream: { connections: upstream.connectionStates, requests: upstream.outcomes },
        });
      },
    },
  ];
}
