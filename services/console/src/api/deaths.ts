import { HttpError, type Route } from '@leak-lab/json-service';
import { idIn } from '../http/query.ts';
import { listDeaths, readDeath } from '../store/deaths.ts';
import type { Store } from '../store/store.ts';

/** How lives of the service ended. */
export function deathRoutes({ database }: Store): Route[] {
  return [
    {
      method: 'get',
      path: '/api/deaths',
      summary: 'Every death recorded, newest first.',
      handler: (_request, response) => {
        response.json({ deaths: listDeaths(database) });
      },
    },
    {
      method: 'get',
      path: '/api/deaths/:id',
      summary: 'One death with the minute before it.',
      handler: (request, response) => {
        const death = readDeath(database, idIn(request.params));
        if (death === undefined) {
          const message = `There is no death ${request.params['id']}. GET /api/deaths lists what there is.`;
          throw new HttpError(404, 'unknown_death', message);
        }
        response.json(death);
      },
    },
  ];
}
