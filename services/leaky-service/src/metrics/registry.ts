/** The one file that knows prom-client, so that another client library touches nothing else. */
import client from 'prom-client';
import type { HistogramSeries } from './histogram-series.ts';

const registry = new client.Registry<client.OpenMetricsContentType>();
registry.setContentType(client.Registry.OPENMETRICS_CONTENT_TYPE);

/**
 * All metrics as text: OpenMetrics, which alone can carry exemplars, for whoever accepts it (Prometheus does),
 * else the older format that a browser shows.
 */
export async function scrape(accept: string | undefined): Promise<{ contentType: string; text: string }> {
  const text = await registry.metrics();
  if (accept?.includes('application/openmetrics-text')) return { contentType: registry.contentType, text };
  return { contentType: client.Registry.PROMETHEUS_CONTENT_TYPE, text: inOlderFormat(text) };
}

/**
 * OpenMetrics without what the older format lacks: exemplars, the mark of the end, counters described without
 * "_total". Written from the text since prom-client cannot write one registry in both formats.
 */
function inOlderFormat(openMetrics: string): string {
  return openMetrics
    .replaceAll(/ # \{.*$/gm, '')
    .replaceAll(/^# HELP (\S+) (.*)\n# TYPE \1 counter$/gm, '# HELP $1_total $2\n# TYPE $1_total counter')
    .replace(/# EOF\n?$/, '');
}

/** Adds prom-client's own metrics, without its count of collections: that one reads only the first of each batch. */
export function addDefaultMetrics(): void {
  client.collectDefaultMetrics({ register: registry });
  registry.removeSingleMetric('nodejs_gc_duration_seconds');
}

/** A gauge that is read when it is asked for. `read` returns one value, or one for each set of labels. */
export function gauge<const Label extends string = never>(
  name: string,
  help: string,
  read: () => number | Iterable<readonly [Readonly<Record<Label, string>>, number]> | undefined,
  labelNames: readonly Label[] = [],
): void {
  new client.Gauge<Label>({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      const value = read();
      this.reset();
      // A gauge without labels is 0 after a reset; removed, it is absent.
      if (value === undefined) this.remove();
      else if (typeof value === 'number') this.set(value);
      else for (const [labels, one] of value) this.set(labels, one);
    },
  });
}

/** A counter whose count is kept elsewhere and read when it is asked for. */
export function counter<const Label extends string>(
  name: `${string}_total`,
  help: string,
  labelNames: readonly Label[],
  read: () => Iterable<readonly [Readonly<Record<Label, string>>, number]>,
): void {
  new client.Counter<Label>({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, count] of read()) this.inc(labels, count);
    },
  });
}

/** A histogram whose series are kept elsewhere and read when it is asked for. */
export function histogramOf(name: string, help: string, read: () => Iterable<HistogramSeries>): void {
  // What the registry asks of a metric when it writes text; its types know the library's own classes only.
  const metric: unknown = {
    name,
    get: async () => ({
      name,
      help,
      type: 'histogram',
      aggregator: 'sum',
      values: [...read()].flatMap((series) => [...series.samples(name)]),
    }),
  };
  registry.registerMetric(metric as client.Histogram);
}

export function histogram<const Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  buckets: readonly number[],
): client.Histogram<Label> {
  return new client.Histogram<Label>({
    name,
    help,
    labelNames: [...labelNames],
    buckets: [...buckets],
    registers: [registry],
  });
}
