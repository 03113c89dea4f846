import { afterAll, beforeAll, expect, it } from 'vitest';
import { getJson, postJson, queryPrometheus } from './ask.ts';
import { openStack, type Stack } from './stack.ts';

const requests = 50;
const patience = { timeout: 60_000, interval: 500 };

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  for (let sent = 0; sent < requests; sent++) {
    const response = await fetch(`${stack.url.service}/api/data`);
    await response.arrayBuffer();
  }
});
afterAll(() => stack?.close());

interface Span {
  readonly spanID: string;
  readonly operationName: string;
  readonly processID: string;
  readonly references: readonly { readonly refType: string; readonly spanID: string }[];
  readonly tags: { readonly key: string; readonly value: unknown }[];
}
interface Trace {
  readonly traceID: string;
  readonly spans: Span[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

const tagOf = (span: Span | undefined, name: string): unknown =>
  span?.tags.find(({ key }) => key === name)?.value;

const operation = encodeURIComponent('GET /api/data');
const traces = async () => {
  const url = `${stack.url.jaeger}/api/traces?service=leaky-service&operation=${operation}&limit=${requests * 2}`;
  return (await getJson<{ data: Trace[] }>(url)).data;
};

it('brings each request to Jaeger as a trace with its route', async () => {
  await expect.poll(async () => (await traces()).length, patience).toBe(requests);
  const [span] = (await traces())[0]?.spans ?? [];
  expect(span?.tags).toContainEqual(expect.objectContaining({ key: 'http.route', value: '/api/data' }));
});

it('brings the requests to Prometheus', () =>
  expect
    .poll(
      () => queryPrometheus(stack.url.prometheus, 'sum(http_requests_total{route="/api/data"})'),
      patience,
    )
    .toBe(requests));

it('leads from a duration to its trace by an exemplar', async () => {
  interface Exemplars {
    data: { exemplars: { labels: { trace_id: string } }[] }[];
  }
  const now = Date.now() / 1000;
  const query = encodeURIComponent('http_request_duration_seconds_bucket{route="/api/data"}');
  const url = `${stack.url.prometheus}/api/v1/query_exemplars?query=${query}&start=${now - 600}&end=${now + 600}`;
  const exemplars = async () =>
    (await getJson<Exemplars>(url)).data.flatMap((series) =>
      series.exemplars.map(({ labels }) => labels.trace_id),
    );
  await expect.poll(async () => (await exemplars()).length, patience).toBeGreaterThan(0);
  const [traceId] = await exemplars();
  const trace = () => getJson<{ data: Trace[] }>(`${stack.url.jaeger}/api/traces/${traceId}`);
  await expect
    .poll(async () => (await trace().catch(() => ({ data: [] }))).data[0]?.traceID, patience)
    .toBe(traceId);
});

it('shows the service, its upstream, and how they hang together, in the trace of one request', async () => {
  await postJson(`${stack.url.service}/admin/leaks/closures`, { enabled: true });
  await getJson(`${stack.url.service}/api/data`);
  const whole = async () => (await traces()).find(({ spans }) => spans.length === 3);
  await expect.poll(whole, patience).toBeDefined();
  const { spans = [], processes = {} } = (await whole()) ?? {};
  const next = (parent: Span | undefined) =>
    spans.find(
      ({ references }) => references.find(({ refType }) => refType === 'CHILD_OF')?.spanID === parent?.spanID,
    );
  const request = next(undefined);
  const call = next(request);
  const chain = [request, call, next(call)].flatMap((span) => span ?? []);
  expect(
    chain.map(({ operationName, processID }) => `${processes[processID]?.serviceName}: ${operationName}`),
  ).toEqual(['leaky-service: GET /api/data', 'leaky-service: GET', 'upstream: GET /data']);
  expect(tagOf(request, 'process.memory.used_after')).toBeGreaterThan(5_000_000);
  expect(String(tagOf(request, 'leak.ids'))).toContain('closures');
});
