import type { Route } from '@leak-lab/json-service';
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
      summary:
        'Live allocations by line, against an earlier profile of the same life; null where none is recorded.',
      handler: (request, response) => {
        const at_ms = numberIn(request.query, 'at') ?? Number.MAX_SAFE_INTEGER;
        response.json(allocationsAt(store.database, at_ms, numberIn(request.query, 'since')) ?? null);
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
