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

/** Names that were wanted twice. A service that ends for the sake of a metric is worse than one metric less. */
const clashes: string[] = [];

/** Adds a metric, unless another one has its name: then that one stays, and the clash is told by a metric of its own. */
function register(metric: client.Metric, name: string): void {
  if (registry.getSingleMetric(name)) {
    clashes.push(name);
    process.emitWarning(`Two metrics are named ${name}; the first one is kept. Rename one of them.`);
  } else registry.registerMetric(metric);
}

/** Adds prom-client's own metrics, without its count of collections: that one reads only the first of each batch. */
export function addDefaultMetrics(): void {
  const own = new client.Registry<client.OpenMetricsContentType>();
  own.setContentType(client.Registry.OPENMETRICS_CONTENT_TYPE);
  client.collectDefaultMetrics({ register: own });
  own.removeSingleMetric('nodejs_gc_duration_seconds');
  for (const metric of own.getMetricsAsArray()) {
    register(metric as unknown as client.Metric, (metric as unknown as { name: string }).name);
  }
  gauge(
    'metric_name_clashes',
    'Metrics that are missing since another one has their name.',
    () => clashes.length,
  );
}

/** A metric that can be taken away for a while: then not even its name is told. */
export interface Showing {
  show(isShown: boolean): void;
}

/** A gauge that is read when it is asked for. `read` returns one value, or one for each set of labels. */
export function gauge<const Label extends string = never>(
  name: string,
  help: string,
  read: () => number | Iterable<readonly [Readonly<Record<Label, string>>, number]> | undefined,
  labelNames: readonly Label[] = [],
): Showing {
  const made = new client.Gauge<Label>({
    name,
    help,
    labelNames: [...labelNames],
    registers: [],
    collect() {
      const value = read();
      this.reset();
      // A gauge without labels is 0 after a reset; removed, it is absent.
      if (value === undefined) this.remove();
      else if (typeof value === 'number') this.set(value);
      else for (const [labels, one] of value) this.set(labels, one);
    },
  });
  register(made, name);
  return {
    show(isShown) {
      const known = registry.getSingleMetric(name);
      if (isShown && known === undefined) registry.registerMetric(made);
      else if (!isShown && known === (made as client.Metric)) registry.removeSingleMetric(name);
    },
  };
}

/** A counter whose count is kept elsewhere and read when it is asked for. */
export function counter<const Label extends string>(
  name: `${string}_total`,
  help: string,
  labelNames: readonly Label[],
  read: () => Iterable<readonly [Readonly<Record<Label, string>>, number]>,
): void {
  const made = new client.Counter<Label>({
    name,
    help,
    labelNames: [...labelNames],
    registers: [],
    collect() {
      this.reset();
      for (const [labels, count] of read()) this.inc(labels, count);
    },
  });
  register(made, name);
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
  register(metric as client.Histogram, name);
}

export function histogram<const Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  buckets: readonly number[],
): client.Histogram<Label> {
  const made = new client.Histogram<Label>({
    name,
    help,
    labelNames: [...labelNames],
    buckets: [...buckets],
    registers: [],
  });
  register(made, name);
  return made;
}
