/** Names of what every query needs: the data sources, the variables, and who is asked about. */

export const prometheus = { type: 'prometheus', uid: 'prometheus' } as const;
export const jaeger = { type: 'jaeger', uid: 'jaeger' } as const;

export const leakyService = 'leaky-service';

/** Requests that callers make: not those of health checks, scrapes and administrators, who ask all the time. */
const callersOnly = 'route!~"/health|/metrics|/openapi.json|/admin/.*"';

/** A metric or recorded series of the service, of the instance chosen, with further label matchers. */
export function ofService(metric: string, ...matchers: readonly string[]): string {
  return `${metric}{${[`job="${leakyService}"`, 'instance=~"$instance"', ...matchers].join(',')}}`;
}

/** A metric of the requests that callers made. */
export const ofCallers = (metric: string, ...matchers: readonly string[]): string =>
  ofService(metric, callersOnly, ...matchers);

/** What a counter of the service grew by in a second, over the window chosen. */
export const rateOf = (series: string): string => `rate(${series}[$window])`;

/** A quantile of a histogram's observations over the window chosen, for each value of the labels. */
export function quantile(share: number, series: string, by: readonly string[] = []): string {
  return `histogram_quantile(${share}, sum by (${['le', ...by].join(', ')}) (${rateOf(series)}))`;
}
