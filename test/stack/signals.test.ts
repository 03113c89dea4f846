/** Every signal of test/signals arrives: metrics in Prometheus, spans in Jaeger, lines in the log. */
import autocannon from 'autocannon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LogLine, sampleName, type When } from '../signals/signal.ts';
import { logLines, metrics, spans } from '../signals/signals.ts';
import { getJson, postJson, queryPrometheus } from './ask.ts';
import { openStack, type Stack } from './stack.ts';

const patience = { timeout: 30_000, interval: 500 };
/** What cannot be brought about here: a loss takes Jaeger away for minutes, a moment cannot be met, and Valkey has a test of its own. */
const notHere: readonly When[] = ['after a loss', 'at times', 'with a Valkey'];

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  const { service } = stack.url;
  await postJson(`${service}/admin/upstream`, { latency_ms: 20 });
  await postJson(`${service}/admin/leaks/closures`, { enabled: true });
  await postJson(`${service}/admin/leaks/cache`, { enabled: true });
  const load = { url: `${service}/api/data`, connections: 5, overallRate: 100 };
  // A slope is of two collections or more, and a climb is one when it has gone on for half a minute.
  for (let part = 0; part < 4; part++) {
    await autocannon({ ...load, duration: 9 });
    await postJson(`${service}/admin/gc`, {});
  }
});
afterAll(() => stack?.close());

describe('Prometheus has', () => {
  for (const metric of metrics) {
    const { name, job, labels, when } = metric;
    it.skipIf(notHere.includes(when))(`${name} of ${job}`, async () => {
      const matchers = [`job="${job}"`, ...labels.map((label) => `${label}!=""`)].join(',');
      // What collections or rules tell may have been there and be gone again.
      const query = `count(last_over_time(${sampleName(metric)}{${matchers}}[1m]))`;
      await expect.poll(() => queryPrometheus(stack.url.prometheus, query), patience).toBeGreaterThan(0);
    });
  }

  it('no metric of the service that the table lacks', async () => {
    const known = new Set(metrics.map(({ name }) => name));
    const { data } = await getJson<{ data: string[] }>(
      `${stack.url.prometheus}/api/v1/label/__name__/values?match[]={job="leaky-service"}`,
    );
    const ofPrometheus = /^(up|scrape_.*|ALERTS.*|process:.*)$/;
    const lacking = data.filter(
      (name) =>
        !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')) && !ofPrometheus.test(name),
    );
    expect(lacking).toEqual([]);
  });
});

interface JaegerSpan {
  readonly operationName: string;
  readonly processID: string;
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
}
interface Trace {
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<
    Record<string, { readonly serviceName: string; readonly tags: readonly { readonly key: string }[] }>
  >;
}

describe('Jaeger has', () => {
  it.for(spans)('the span "$name" ($kind) of $part with its attributes', async (wanted) => {
    const search = new URLSearchParams({ service: wanted.part, operation: wanted.name, limit: '20' });
    const url = `${stack.url.jaeger}/api/traces?${search}`;
    const found = async () =>
      (await getJson<{ data: Trace[] }>(url)).data.flatMap(({ spans: all, processes }) =>
        all
          .filter(
            ({ operationName, processID, tags }) =>
              operationName === wanted.name &&
              processes[processID]?.serviceName === wanted.part &&
              tags.some(({ key, value }) => key === 'span.kind' && value === wanted.kind),
          )
          .map(({ processID, tags }) => ({ tags, process: processes[processID] })),
      );
    await expect.poll(async () => (await found()).length, patience).toBeGreaterThan(0);
    const [span] = await found();
    expect(span?.tags.map(({ key }) => key)).toEqual(expect.arrayContaining([...wanted.attributes]));
    const resource = ['service.name', ...(span?.process?.tags ?? []).map(({ key }) => key)];
    expect(resource).toEqual(expect.arrayContaining([...wanted.resource]));
  });
});

describe('the log has', () => {
  const linesOf = async ({ part, message }: LogLine) => {
    const { stdout } = await stack.compose('logs', '--no-color', '--no-log-prefix', part);
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === message);
  };

  it.for(logLines.filter(({ when }) => !notHere.includes(when)))('"$message" of $part', async (wanted) => {
    await expect.poll(async () => (await linesOf(wanted)).length, patience).toBeGreaterThan(0);
    // A request of the console's own has a line too, and one of /health no trace.
    const complete = (await linesOf(wanted)).filter((line) => wanted.fields.every((field) => field in line));
    expect(complete.length).toBeGreaterThan(0);
  });
});
