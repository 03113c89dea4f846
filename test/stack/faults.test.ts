import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getJson, queryPrometheus } from './ask.ts';
import { readSamples } from './prometheus.ts';
import { openStack, type Stack } from './stack.ts';
import { SteadyLoad } from './steady-load.ts';

const patience = { timeout: 60_000, interval: 500 };

let stack: Stack;
let load: SteadyLoad;
beforeAll(async () => {
  stack = await openStack({ COMPOSE_FILE: 'docker-compose.yml:test/stack/faulty/compose.yaml' });
  load = new SteadyLoad(stack.url.service, 20);
});
afterAll(async () => {
  await load?.stop();
  await stack?.close();
});
// Whatever breaks beside it, the service answers.
afterEach(() => expect(load.failures).toEqual([]));

const query = (text: string) => queryPrometheus(stack.url.prometheus, text);
const setFault = (kind: string) => getJson(`${stack.url.service}/fault?kind=${kind}`);
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const now_seconds = () => Date.now() / 1000;

/** Times of all scrapes that brought something since then. */
async function scrapes(since_seconds: number): Promise<number[]> {
  const [series] = await readSamples(
    stack.url.prometheus,
    'process_resident_memory_bytes{job="leaky-service"}',
    since_seconds,
  );
  return series?.points.map(([time]) => time) ?? [];
}

const longestGap = (times: readonly number[]) =>
  Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));

interface Traces {
  readonly data: { readonly spans: { readonly startTime: number }[] }[];
}

/** Traces of /api/data that began in a span of time, as Jaeger has them. */
async function tracesBetween(from_seconds: number, to_seconds: number): Promise<number> {
  const operation = encodeURIComponent('GET /api/data');
  const span = `start=${Math.round(from_seconds * 1e6)}&end=${Math.round(to_seconds * 1e6)}`;
  const url = `${stack.url.jaeger}/api/traces?service=leaky-service&operation=${operation}&limit=5000&${span}`;
  return (await getJson<Traces>(url)).data.length;
}

describe('the service goes on', () => {
  it('while Jaeger is gone for a minute, and no span is lost', async () => {
    await stack.compose('stop', '--timeout', '1', 'jaeger');
    const from_seconds = now_seconds() + 1;
    const before = load.answered;
    await expect.poll(() => query('otelcol_exporter_queue_size'), patience).toBeGreaterThan(100);
    expect(await query('up{job="jaeger"}')).toBe(0);
    await pause(60 - (now_seconds() - from_seconds));
    const to_seconds = now_seconds();
    const answered = load.answered - before;
    await stack.compose('start', 'jaeger');
    const arrived = () => tracesBetween(from_seconds, to_seconds).catch(() => 0);
    await expect.poll(arrived, patience).toBeGreaterThan(0.95 * answered);
    // The ends of the minute are not sharp; what counts as lost is counted by the collector.
    await expect.poll(() => query('otelcol_exporter_queue_size'), patience).toBeLessThan(100);
    const lost =
      'sum(otelcol_exporter_send_failed_spans{job="otel-collector"}) + sum(otelcol_exporter_enqueue_failed_spans{job="otel-collector"})';
    expect((await query(lost)) || 0).toBe(0);
    expect(await query('otelcol_exporter_queue_capacity{job="otel-collector"}')).toBe(48_000);
  });

  it('while the collector is gone; traces come again when it is back', async () => {
    await stack.compose('kill', 'otel-collector');
    await expect.poll(() => query('up{job="otel-collector"}'), patience).toBe(0);
    await pause(5);
    await stack.compose('start', 'otel-collector');
    const back_seconds = now_seconds();
    await expect.poll(() => tracesBetween(back_seconds + 3, now_seconds()), patience).toBeGreaterThan(20);
  });

  it('while Prometheus is gone; what it had is still there, and it goes on within 10 s', async () => {
    const before_seconds = now_seconds() - 20;
    const known = await scrapes(before_seconds);
    await stack.compose('kill', 'prometheus');
    const gone_seconds = now_seconds();
    await pause(5);
    await stack.compose('start', 'prometheus');
    const isReady = () =>
      fetch(`${stack.url.prometheus}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(isReady, patience).toBe(true);
    const ready_seconds = now_seconds();
    const after = async () => (await scrapes(before_seconds)).find((time) => time > gone_seconds + 5);
    await expect.poll(after, patience).toBeDefined();
    expect(((await after()) ?? Number.NaN) - ready_seconds).toBeLessThan(10);
    // One more may lie at the very begin of the window.
    expect(await scrapes(before_seconds)).toEqual(expect.arrayContaining(known));
  });

  it('while a scanner tries 10,000 routes: they are one label, and one name of a span', async () => {
    const series = () => query('sum(scrape_samples_scraped{job=~"leaky-service|span-metrics"})');
    const before = await series();
    const paths = Array.from(
      { length: 10_000 },
      (_, index) => `/scan/${index.toString(36)}/${Math.random()}`,
    );
    const next = paths.values();
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (const path of next) await (await fetch(stack.url.service + path)).arrayBuffer();
      }),
    );
    const unmatched = 'http_requests_total{job="leaky-service",route="unmatched",status_class="4xx"}';
    await expect.poll(() => query(unmatched), patience).toBe(10_000);
    expect(await query(`count(${unmatched})`)).toBe(1);
    await expect
      .poll(
        () => query('sum(traces_span_metrics_calls_total{span_name="GET",span_kind="SPAN_KIND_SERVER"})'),
        patience,
      )
      .toBeGreaterThan(9_000);
    expect((await series()) - before).toBeLessThan(100);
    const { data } = await getJson<{ data: string[] }>(
      `${stack.url.jaeger}/api/services/leaky-service/operations`,
    );
    expect(data.length).toBeLessThan(30);
  });

  it.each(['clock-30s-behind', 'clock-30s-ahead'])(
    'with a %s: samples have the time of Prometheus',
    async (kind) => {
      await setFault(kind);
      const from_seconds = now_seconds();
      await expect.poll(async () => (await scrapes(from_seconds)).length, patience).toBeGreaterThanOrEqual(4);
      await setFault('none');
      const times = await scrapes(from_seconds);
      expect(longestGap(times)).toBeLessThan(3);
      expect(Math.abs((times.at(-1) ?? 0) - now_seconds())).toBeLessThan(4);
    },
  );

  it.each([-30, 30])(
    'with spans whose clock is %d s off: they arrive, and nothing else is disturbed',
    async (off_seconds) => {
      const traceId = `${off_seconds < 0 ? 'a' : 'b'}`.repeat(32);
      const start = BigInt(Math.round((now_seconds() + off_seconds) * 1000)) * 1_000_000n;
      const span = {
        traceId,
        spanId: 'c'.repeat(16),
        name: 'off',
        kind: 2,
        startTimeUnixNano: String(start),
        endTimeUnixNano: String(start + 5_000_000n),
      };
      const body = { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ spans: [span] }] }] };
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
      const program = `fetch('http://otel-collector:4318/v1/traces', ${JSON.stringify(init)}).then((answer) => console.log(answer.status))`;
      const sent = await stack.compose('exec', '--no-TTY', 'upstream', 'node', '-e', program);
      expect(sent.stdout.trim(), sent.stderr).toBe('200');
      const trace = () =>
        getJson<Traces>(`${stack.url.jaeger}/api/traces/${traceId}`).catch(() => ({ data: [] }));
      await expect.poll(async () => (await trace()).data.length, patience).toBe(1);
      const from_seconds = now_seconds();
      await expect.poll(() => tracesBetween(from_seconds, now_seconds()), patience).toBeGreaterThan(20);
    },
  );

  it('when a scrape times out in a long pause: one or two are missing, it is shown, and no death is told', async () => {
    const from_seconds = now_seconds() - 4;
    await setFault('pause');
    await expect.poll(() => query('min_over_time(up{job="leaky-service"}[20s])'), patience).toBe(0);
    await expect.poll(() => query('up{job="leaky-service"}'), patience).toBe(1);
    await pause(2);
    expect(longestGap(await scrapes(from_seconds))).toBeLessThan(10);
    expect(
      await query('max_over_time(scrape_duration_seconds{job="leaky-service"}[20s])'),
    ).toBeGreaterThanOrEqual(2);
    expect(await query('count(ALERTS{alertname="ServiceDied"}) or vector(0)')).toBe(0);
  });

  it('when a metric is there twice: one of the two is kept, the others are whole, and it is counted', async () => {
    await setFault('clash');
    const counted = 'prometheus_target_scrapes_sample_duplicate_timestamp_total';
    await expect.poll(() => query(counted), patience).toBeGreaterThan(0);
    const from_seconds = now_seconds();
    await expect.poll(async () => (await scrapes(from_seconds)).length, patience).toBeGreaterThanOrEqual(3);
    await setFault('none');
    expect(await query('up{job="leaky-service"}')).toBe(1);
    expect(longestGap(await scrapes(from_seconds))).toBeLessThan(3);
  });
});
