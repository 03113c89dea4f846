import type { IncomingMessage } from 'node:http';
import { HistogramSeries } from './histogram-series.ts';
import { unmatchedRoute } from './http.ts';
import { histogramOf } from './registry.ts';

const bounds_bytes = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 5_242_880];

const byRoute = new Map<string, HistogramSeries>();

histogramOf(
  'http_request_body_bytes',
  'Size of the bodies that requests bring, as they announce it, by route; requests without one are not counted.',
  () => byRoute.values(),
);

/** Tells of a route's bodies before the first has come: one who reads twice has something to subtract. */
export const expectBodies = (route: string): void => void seriesOf(route);

/** Counts the body of a request that is over, if it announced one. `traceId`, where it was traced, becomes the exemplar. */
export function countBody(
  { headers }: IncomingMessage,
  route: string | undefined,
  traceId: string | undefined,
): void {
  const announced = headers['content-length'];
  if (announced === undefined || announced === '0') return;
  seriesOf(route ?? unmatchedRoute).observe(Number(announced), traceId);
}

/** All that requests have brought so far, by what they announced, bytes. */
export function bodyBytesTotal(): number {
  let total = 0;
  for (const { sum } of byRoute.values()) total += sum;
  return total;
}

function seriesOf(route: string): HistogramSeries {
  const found = byRoute.get(route);
  if (found) return found;
  const made = new HistogramSeries({ route }, bounds_bytes);
  byRoute.set(route, made);
  return made;
}
