import type { ServerResponse } from 'node:http';
import { DurationSeries } from './duration-histogram.ts';
import { counter, durationHistogram } from './registry.ts';

const labelNames = ['method', 'route', 'status_class'] as const;
const bounds_seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type HttpSeries = DurationSeries & { readonly labels: Readonly<Record<(typeof labelNames)[number], string>> };

const series = new Map<string, HttpSeries>();
durationHistogram(
  'http_request_duration_seconds',
  'From the request line read to the answer handed to the kernel, by route.',
  () => series.values(),
);
counter('http_requests_total', 'Requests answered, by route.', labelNames, function* () {
  for (const { labels, count } of series.values()) yield [labels, count] as const;
});

/** A path that matches no route: one label for all of them, whatever a scanner tries. */
const unmatchedRoute = 'unmatched';
const statusClasses = ['?', '1xx', '2xx', '3xx', '4xx', '5xx'];
const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Counts an answer and the time it took. `traceId`, where the request was traced, becomes the exemplar. */
export function countAnswer(
  response: ServerResponse,
  route: string | undefined,
  duration_seconds: number,
  traceId: string | undefined,
): void {
  const { method = '' } = response.req;
  seriesOf(method, route ?? unmatchedRoute, response.statusCode).observe(duration_seconds, traceId);
}

function seriesOf(method: string, route: string, status: number): HttpSeries {
  const statusClass = statusClasses[Math.floor(status / 100)] ?? '?';
  const known = series.get(`${method} ${route} ${statusClass}`);
  if (known) return known;
  const knownMethod = knownMethods.has(method) ? method : 'other';
  const key = `${knownMethod} ${route} ${statusClass}`;
  const made =
    series.get(key) ??
    (new DurationSeries(
      { method: knownMethod, route, status_class: statusClass },
      bounds_seconds,
    ) as HttpSeries);
  series.set(key, made);
  return made;
}
