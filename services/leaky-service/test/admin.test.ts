import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RunningService, startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import { post, sendRequests } from './load.ts';

let upstream: RunningService;
let service: RunningService;
// biome-ignore lint/suspicious/noExplicitAny: what comes is checked by the expectations
const get = async (path: string) => (await fetch(service.url + path)).json() as Promise<any>;

beforeAll(async () => {
  upstream = await startUpstream({ env: { LATENCY_MS: '50' } });
  service = await startLeakyService({ env: { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn' } });
});
beforeEach(() => post(service.url, '/admin/reset'));
afterAll(() => Promise.all([service.stop(), upstream.stop()]));

it('counts what a leak holds, in the status and in the metrics', async () => {
  const state = await post(service.url, '/admin/leaks/cache', { enabled: true, bytes_per_request: 2048 });
  expect(state).toMatchObject({
    id: 'cache',
    enabled: true,
    bytes_per_request: 2048,
    entries: 0,
    variant: 'leaky',
  });
  await sendRequests(service.url, 500);
  const { leaks } = await get('/admin/leaks/status');
  expect(leaks.cache).toMatchObject({ enabled: true, entries: 500 });
  expect(leaks.cache.estimated_size_mb).toBeCloseTo((500 * 2048) / 2 ** 20, 1);
  expect(leaks.history).toMatchObject({ enabled: false, entries: 0 });
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  expect(metrics).toContain('leak_enabled{leak="cache"} 1');
  expect(metrics).toContain('leak_entries{leak="cache"} 500');
});

it('counts the listeners it never removed', async () => {
  await post(service.url, '/admin/leaks/listeners', { enabled: true, bytes_per_request: 1024 });
  await sendRequests(service.url, 100);
  expect((await get('/admin/leaks/status')).leaks.listeners.count).toBe(100);
});

it('takes the commands of lab 16 as they are typed there, without a content type', async () => {
  const curl = (path: string, body: string, type = 'application/x-www-form-urlencoded') =>
    fetch(service.url + path, { method: 'POST', body, headers: { 'content-type': type } });
  expect((await curl('/admin/leaks/history', '{"enabled": true}', 'application/json')).status).toBe(200);
  await sendRequests(service.url, 50);
  expect((await curl('/admin/leaks/clear', '{"leak_type":"all"}')).status).toBe(200);
  expect((await get('/admin/leaks/status')).leaks.history).toMatchObject({ enabled: true, entries: 0 });
});

it('stops growing when a leak is switched off, and keeps what it held', async () => {
  await post(service.url, '/admin/leaks/cache', { enabled: true });
  await sendRequests(service.url, 50);
  await post(service.url, '/admin/leaks/cache', { enabled: false });
  await sendRequests(service.url, 50);
  expect((await get('/admin/leaks/status')).leaks.cache).toMatchObject({ enabled: false, entries: 50 });
});

it('takes the size that was seen in the field, where one is known', async () => {
  expect(await post(service.url, '/admin/leaks/cache', { enabled: true, preset: 'field' })).toMatchObject({
    bytes_per_request: 14_645,
  });
  await expect(post(service.url, '/admin/leaks/history', { enabled: true, preset: 'field' })).rejects.toThrow(
    /No figure from the field is known for history/,
  );
});

it('tells what the process holds, in bytes and megabytes', async () => {
  const { process: memory } = await get('/admin/memory');
  expect(memory.pid).toBe(service.child.pid);
  expect(memory.rss_mb).toBeCloseTo(memory.rss_bytes / 2 ** 20, 1);
  const { heap, spaces } = await get('/admin/heap/statistics');
  expect(heap.heap_size_limit_bytes).toBeGreaterThan(100 * 2 ** 20);
  expect(spaces.map((space: { space_name: string }) => space.space_name)).toContain('old_space');
});

it('collects garbage when told', async () => {
  await post(service.url, '/admin/leaks/history', { enabled: true });
  await sendRequests(service.url, 1_000);
  await post(service.url, '/admin/leaks/clear', { leak_type: 'history' });
  const { before, after } = (await post(service.url, '/admin/gc')) as Record<
    'before' | 'after',
    { heap_used_bytes: number }
  >;
  expect(before.heap_used_bytes - after.heap_used_bytes).toBeGreaterThan(10 * 2 ** 20);
});

it('passes settings on to the upstream, and its refusals back', async () => {
  expect(await post(service.url, '/admin/upstream', { latency_ms: 5 })).toMatchObject({ latency_ms: 5 });
  expect(await get('/admin/upstream')).toMatchObject({ latency_ms: 5 });
  await post(service.url, '/admin/reset');
  expect(await get('/admin/upstream')).toMatchObject({ latency_ms: 50 });
});

it('shows the jobs that wait while the upstream is slow, and none when it has caught up', async () => {
  await post(service.url, '/admin/upstream', { latency_ms: 60_000 });
  await post(service.url, '/admin/leaks/closures', { enabled: true });
  await sendRequests(service.url, 100);
  const resources = await get('/admin/resources');
  expect(resources).toMatchObject({ pending_jobs: 96, running_jobs: 4 });
  expect(resources.open_sockets).toBeGreaterThanOrEqual(4);
  expect(resources.upstream.requests.never_finished).toBeGreaterThanOrEqual(4);
});

it('describes each of its routes', async () => {
  const { openapi, paths } = await get('/openapi.json');
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/health',
      '/metrics',
      '/api/data',
      '/admin/leaks/{id}',
      '/admin/gc',
      '/openapi.json',
    ]),
  );
  expect(paths['/admin/leaks/{id}'].post.requestBody.content['application/json'].schema.required).toEqual([
    'enabled',
  ]);
});

it('writes OpenMetrics to whoever reads it, and the older format to others', async () => {
  const scrape = (accept: string) => fetch(`${service.url}/metrics`, { headers: { accept } });
  const [open, old] = await Promise.all([
    scrape('application/openmetrics-text;version=1.0.0'),
    scrape('text/html'),
  ]);
  expect(open.headers.get('content-type')).toContain('application/openmetrics-text');
  expect(await open.text()).toMatch(
    /^http_requests_total\{method="GET",route="\/api\/data",status_class="2xx"\} \d+$/m,
  );
  expect(old.headers.get('content-type')).toContain('text/plain');
  expect(await old.text()).toMatch(
    /^http_requests_total\{method="GET",route="\/api\/data",status_class="2xx"\} \d+$/m,
  );
});

it('tells where memory is beside the heap, and the size of the bodies that came', async () => {
  await post(service.url, '/admin/leaks/cache', { enabled: false });
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  const value = (series: string) =>
    Number(
      metrics
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.slice(series.length),
    );
  expect(value('nodejs_array_buffers_bytes')).toBeGreaterThan(0);
  expect(value('nodejs_array_buffers_bytes')).toBeLessThanOrEqual(value('nodejs_external_memory_bytes'));
  if (process.platform === 'linux') expect(value('process_stack_bytes')).toBeGreaterThan(4096);
  const { length } = JSON.stringify({ enabled: false });
  const [sum, count] = ['sum', 'count'].map((part) =>
    value(`http_request_body_bytes_${part}{route="/admin/leaks/:id"}`),
  );
  expect(count).toBeGreaterThan(0);
  expect(sum).toBeGreaterThanOrEqual(length);
  expect(metrics).not.toContain('http_request_body_bytes_count{route="/metrics"}');
  // Of the route that lives by its bodies there is a series to subtract from before the first has come.
  expect(value('http_request_body_bytes_bucket{le="+Inf",route="/api/ingest"}')).toBe(0);
});
