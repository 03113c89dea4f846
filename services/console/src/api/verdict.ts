import { HttpError, type Route } from '@leak-lab/json-service';
import { verdictOf } from '@leak-lab/leak-verdict';
import { numberIn } from '../http/query.ts';
import { endingsBetween } from '../store/deaths.ts';
import { lastEvent } from '../store/events.ts';
import { recordedSpan } from '../store/samples.ts';
import type { Store } from '../store/store.ts';
import { verdictSamples } from '../store/verdict-samples.ts';
import type { RecordedVerdict } from './contract.ts';
import { usualSpan_ms } from './usual-span.ts';

/** What memory did, by what was recorded. */
export function verdictRoutes({ database }: Store): Route[] {
  return [
    {
      method: 'get',
      path: '/api/verdict',
      summary: 'Whether what was recorded from `from` to `to` is a leak, by how much, and where.',
      handler: ({ query }, response) => {
        const span = recordedSpan(database);
        if (span === undefined) {
          const message =
            'Nothing is recorded yet. Expected a service that answers: wait for the first sample.';
          throw new HttpError(409, 'nothing_recorded', message, { retry_after_seconds: 5 });
        }
        const to_ms = Math.min(numberIn(query, 'to') ?? span.last_ms, span.last_ms);
        const asked_ms = numberIn(query, 'from');
        const usual_ms = Math.max(to_ms - usualSpan_ms, span.first_ms);
        // What memory did before a leak was switched on tells nothing of this one, and hides it.
        const begin = asked_ms === undefined ? lastEvent(database, 'leak_on', usual_ms, to_ms) : undefined;
        const from_ms = Math.max(asked_ms ?? begin?.time_ms ?? usual_ms, span.first_ms);
        if (from_ms > to_ms) {
          const recorded = `${new Date(span.first_ms).toISOString()} to ${new Date(span.last_ms).toISOString()}`;
          const message = `Expected a window within what is recorded, ${recorded}; it ends before it begins or lies outside.`;
          throw new HttpError(400, 'invalid_query', message);
        }
        const threshold_bytes = numberIn(query, 'threshold', { least: 1, most: 2 ** 40 });
        const samples = verdictSamples(database, from_ms, to_ms);
        const verdict = verdictOf(samples, {
          ...(threshold_bytes !== undefined && { threshold_bytes }),
          endings: endingsBetween(database, from_ms, to_ms),
        });
        response.json({
          // The record begins with a whole minute, its first reading later.
          from_ms: Math.max(from_ms, (samples[0]?.time_seconds ?? 0) * 1000),
          to_ms,
          begins_with: begin?.title ?? null,
          samples: samples.length,
          verdict,
        } satisfies RecordedVerdict);
      },
    },
  ];
}
