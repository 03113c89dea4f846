import { HttpError, healthRoute, type Route } from '@leak-lab/json-service';
import { numberIn } from '../http/query.ts';
import { eventsBetween } from '../store/events.ts';
import { recordedSpan } from '../store/samples.ts';
import { readSeries } from '../store/series.ts';
import type { Store } from '../store/store.ts';
import { mostReaders, type Stream } from '../stream/stream.ts';
import type { Now } from './contract.ts';
import { usualSpan_ms } from './usual-span.ts';

export interface StateDeps {
  readonly store: Store;
  /** The record of a service beside the first, "b" and on, while a lab has it. */
  readonly besides: (service: string) => Store | undefined;
  readonly stream: Stream;
  readonly now: () => Now;
}

const usualPoints = 900;
const mostPoints = 10_000;

/** How things stand, and how they came to stand so. */
export function stateRoutes({ store, besides, stream, now }: StateDeps): Route[] {
  return [
    healthRoute('console'),
    {
      method: 'get',
      path: '/api/now',
      summary: 'The service as it is now.',
      handler: (_request, response) => {
        response.json(now());
      },
    },
    {
      method: 'get',
      path: '/api/samples',
      summary: 'What was recorded, thinned out to a number of points without losing peaks.',
      handler: (request, response) => {
        const { database } = recordOf(request.query['service'], { store, besides });
        const span = recordedSpan(database);
        const to_ms = numberIn(request.query, 'to') ?? Math.max(now().time_ms, span?.last_ms ?? 0);
        const from_ms =
          numberIn(request.query, 'from') ?? Math.max(span?.first_ms ?? 0, to_ms - usualSpan_ms);
        if (from_ms > to_ms) {
          throw new HttpError(
            400,
            'invalid_query',
            `Expected from to be before to; got ${from_ms} and ${to_ms}.`,
          );
        }
        const points = numberIn(request.query, 'points', { least: 2, most: mostPoints }) ?? usualPoints;
        // Outside of what is recorded there is nothing to read, however far the ends are.
        const begin = Math.max(from_ms, Math.min(span?.first_ms ?? from_ms, to_ms));
        response.json(readSeries(database, begin, to_ms, points));
      },
    },
    {
      method: 'get',
      path: '/api/events',
      summary: 'What happened, oldest first.',
      handler: (request, response) => {
        const to_ms = numberIn(request.query, 'to') ?? Number.MAX_SAFE_INTEGER;
        response.json({ events: eventsBetween(store.database, numberIn(request.query, 'from') ?? 0, to_ms) });
      },
    },
    {
      method: 'get',
      path: '/api/stream',
      summary: 'Server-sent events: now, event, death, snapshots, diff, behind.',
      handler: (_request, response) => {
        if (stream.readers >= mostReaders) {
          const message = `${stream.readers} readers are connected already. Close a page.`;
          throw new HttpError(503, 'too_many_readers', message, { retry_after_seconds: 10 });
        }
        stream.add(response, [['now', now()]]);
      },
    },
  ];
}

/** Throws 404 where nothing is recorded of such a service. */
function recordOf(service: unknown, { store, besides }: Pick<StateDeps, 'store' | 'besides'>): Store {
  if (service === undefined || service === 'a') return store;
  const found = typeof service === 'string' ? besides(service) : undefined;
  if (found !== undefined) return found;
  throw new HttpError(
    404,
    'unknown_service',
    `Expected service to be "a", or "b" or "c" while a lab has them; got ${JSON.stringify(service)}.`,
  );
}
