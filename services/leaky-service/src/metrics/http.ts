import type { ServerResponse } from 'node:http';
import { HistogramSeries } from './histogram-series.ts';
import { counter, histogramOf } from './registry.ts';

const labelNames = ['method', 'route', 'status_class'] as const;
const bounds_seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type HttpSeries = HistogramSeries & {
  readonly labels: Readonly<Record<(typeof labelNames)[number], string>>;
};

const series: HttpSeries[] = [];
/** Series by route, then method, then class of status: three look-ups of known texts, where one joint key would be made anew each time. */
const byRoute = new Map<string, Map<string, HttpSeries[]>>();

histogramOf(
  'http_request_duration_seconds',
  'From the request line read to the answer handed to the kernel, by route.',
  () => series,
);
counter('http_requests_total', 'Requests answered, by route.', labelNames, function* () {
  for (const { labels, count } of series) yield [labels, count] as const;
});

/** All requests answered so far, whatever their route. */
export function requestTotals(): { total: number; errors: number; duration_seconds_sum: number } {
  const totals = { total: 0, errors: 0, duration_seconds_sum: 0 };
  for (const one of series) {
    totals.total += one.count;
    totals.duration_seconds_sum += one.sum;
    if (one.labels.status_class === '5xx') totals.errors += one.count;
  }
  return totals;
}

/** Requests of one route that were answered with 2xx so far. */
export function answeredWell(route: string): number {
  const methods = [...(byRoute.get(route)?.values() ?? [])];
  return methods.reduce((total, byStatus) => total + (byStatus[2]?.count ?? 0), 0);
}

/** A path that matches no route: one label for all of them, whatever a scanner tries. */
export const unmatchedRoute = 'unmatched';
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
  const statusDigit = Math.trunc(status / 100);
  return byRoute.get(route)?.get(method)?.[statusDigit] ?? addSeries(method, route, statusDigit);
}

/** Methods that nobody knows share one series, so that their number stays bounded. */
function addSeries(method: string, route: string, statusDigit: number): HttpSeries {
  const known = knownMethods.has(method) ? method : 'other';
  const byMethod = byRoute.get(route) ?? new Map<string, HttpSeries[]>();
  byRoute.set(route, byMethod);
  const byStatus = byMethod.get(known) ?? [];
  byMethod.set(known, byStatus);
  const found = byStatus[statusDigit];
  if (found) return found;
  const labels = { method: known, route, status_class: statusClasses[statusDigit] ?? '?' };
  const made = new HistogramSeries(labels, bounds_seconds) as HttpSeries;
  byStatus[statusDigit] = made;
  series.push(made);
  return made;
}
