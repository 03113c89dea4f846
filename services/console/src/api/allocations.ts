import { HttpError, type Route } from '@leak-lab/json-service';
import { numberIn } from '../http/query.ts';
import { allocationsAt } from '../store/allocations.ts';
import type { Store } from '../store/store.ts';
import { readExcerpt } from './source.ts';

const usualAround = 8;

/** Where memory was allocated, and the source there. */
export function allocationRoutes(store: Store, sourceDirectory: string | undefined): Route[] {
  return [
    {
      method: 'get',
      path: '/api/allocations',
      summary: 'Live allocations by line, against an earlier profile of the same life.',
      handler: (request, response) => {
        const at_ms = numberIn(request.query, 'at') ?? Number.MAX_SAFE_INTEGER;
        const found = allocationsAt(store.database, at_ms, numberIn(request.query, 'since'));
        if (found === undefined) {
          throw new HttpError(
            404,
            'no_profile',
            'No allocation profile is recorded for that time. They are taken every 10 s while memory climbs, and once a minute.',
          );
        }
        response.json(found);
      },
    },
    {
      method: 'get',
      path: '/api/source',
      summary: "Lines of the service's own source around one.",
      handler: (request, response) => {
        const { file } = request.query;
        const line = numberIn(request.query, 'line', { least: 1 }) ?? 1;
        const around = numberIn(request.query, 'around', { most: 200 }) ?? usualAround;
        response.json(readExcerpt(sourceDirectory, String(file ?? ''), line, around));
      },
    },
  ];
}
