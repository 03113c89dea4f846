import type { ServerResponse } from 'node:http';
import { counter, histogram } from './registry.ts';

type Label = 'method' | 'route' | 'status_class';
type Labels = Readonly<Record<Label, string>>;

const labelNames = ['method', 'route', 'status_class'] as const;
const durations = histogram(
  'http_request_duration_seconds',
  'From the request line read to the answer handed to the kernel, by route.',
  labelNames,
  [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
);

/** One set of labels and how often it was seen, so that counting needs no second look-up. */
interface Series {
  readonly labels: Labels;
  count: number;
}

const series = new Map<string, Series>();
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
  const one = seriesOf(response.req.method ?? '', route ?? unmatchedRoute, response.statusCode);
  one.count += 1;
  if (traceId === undefined) durations.observe({ labels: one.labels, value: duration_seconds });
  else
    durations.observe({ labels: one.labels, value: duration_seconds, exemplarLabels: { trace_id: traceId } });
}

function seriesOf(method: string, route: string, status: number): Series {
  const statusClass = statusClasses[Math.floor(status / 100)] ?? '?';
  const key = `${method} ${route} ${statusClass}`;
  const known = series.get(key);
  if (known) return known;
  const labels = { method: knownMethods.has(method) ? method : 'other', route, status_class: statusClass };
  const ownKey = `${labels.method} ${route} ${statusClass}`;
  const made = series.get(ownKey) ?? { labels, count: 0 };
  series.set(ownKey, made);
  return made;
}
