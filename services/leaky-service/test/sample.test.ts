import { request } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningService, startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import { post, sendRequests } from './load.ts';

let upstream: RunningService;
let service: RunningService;
beforeAll(async () => {
  upstream = await startUpstream({ env: { LATENCY_MS: '1' } });
  service = await startLeakyService({ env: { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn' } });
});
afterAll(() => Promise.all([service.stop(), upstream.stop()]));

// biome-ignore lint/suspicious/noExplicitAny: what comes is checked by the expectations
const sample = async (url = service.url): Promise<any> => (await fetch(`${url}/admin/sample`)).json();

it('counts requests, errors and collections since the start', async () => {
  const before = await sample();
  await sendRequests(service.url, 200);
  await post(service.url, '/admin/gc');
  await vi.waitFor(async () => {
    const after = await sample();
    expect(after.requests.total - before.requests.total).toBeGreaterThanOrEqual(201);
    expect(after.requests.duration_seconds_sum).toBeGreaterThan(before.requests.duration_seconds_sum);
    expect(after.requests.errors).toBe(0);
    expect(after.gc.major.count).toBeGreaterThan(before.gc.major.count);
    expect(after.major_gc_count).toBe(after.gc.major.count);
    expect(after.heap_used_after_gc_bytes).toBeGreaterThan(2 ** 20);
    expect(after.process.cpu_seconds).toBeGreaterThan(before.process.cpu_seconds);
  });
});

it('counts what memory may grow by beside requests: reloads, bytes that came, connections that were opened', async () => {
  const before = await sample();
  await post(service.url, '/api/blocklist/reload');
  await post(service.url, '/api/ingest', { event: 'heartbeat' });
  await post(service.url, '/admin/leaks/closures', { enabled: true });
  await sendRequests(service.url, 1);
  await vi.waitFor(async () => {
    const after = await sample();
    expect(after.reloads_total - before.reloads_total).toBe(1);
    expect(after.requests.body_bytes_total - before.requests.body_bytes_total).toBeGreaterThan(20);
    const opened = after.resources.upstream_connections_opened_total;
    expect(opened - before.resources.upstream_connections_opened_total).toBeGreaterThanOrEqual(1);
  });
  await post(service.url, '/admin/reset');
});

it('names the process and when it began', async () => {
  const { pid, started_at, uptime_seconds, timestamp, node_version, spaces } = await sample();
  expect(pid).toBe(service.child.pid);
  expect(node_version).toBe(process.version);
  expect((Date.parse(timestamp) - Date.parse(started_at)) / 1000).toBeCloseTo(uptime_seconds, 0);
  expect(spaces.old_space).toBeGreaterThan(2 ** 20);
});

it('shows the request that waits, without its query, and not itself', async () => {
  expect((await sample()).requests).toMatchObject({ in_flight: 0, oldest_in_flight: [] });
  const { hostname, port } = new URL(service.url);
  // A body that never comes keeps the request under way.
  const waiting = request({ hostname, port, method: 'POST', path: '/admin/upstream?secret=1' });
  waiting.on('error', () => undefined);
  waiting.setHeader('content-length', '10');
  waiting.flushHeaders();
  await vi.waitFor(async () => {
    const { requests } = await sample();
    expect(requests.in_flight).toBe(1);
    expect(requests.oldest_in_flight).toEqual([
      { method: 'POST', path: '/admin/upstream', age_seconds: expect.any(Number) },
    ]);
  });
  waiting.destroy();
  await vi.waitFor(async () => expect((await sample()).requests.in_flight).toBe(0));
});

it('tells what each leak holds, unless it is blind: then nothing anywhere names one', async () => {
  await post(service.url, '/admin/leaks/history', { enabled: true });
  await sendRequests(service.url, 20);
  const { leaks } = await sample();
  expect(leaks).toContainEqual({
    id: 'history',
    unit: 'request',
    one_in: 1,
    enabled: true,
    entries: 20,
    retained_bytes: 20 * 16_384,
    bytes_per_request: 16_384,
  });
  await post(service.url, '/admin/reset');

  const blind = await startLeakyService({ env: { BLIND: 'true', LEAKS: 'history', LOG_LEVEL: 'warn' } });
  try {
    const status = (path: string) => fetch(blind.url + path).then((answer) => answer.status);
    expect(await status('/admin/leaks/status')).toBe(404);
    expect(await status('/admin/leaks/history')).toBe(404);
    const shown = await Promise.all(
      ['/metrics', '/openapi.json', '/admin/sample'].map(async (path) =>
        (await fetch(blind.url + path)).text(),
      ),
    );
    // The least bounds of the buckets are powers of two, whatever leaks.
    const told = shown.join('\n').replaceAll('le="16384"', '');
    expect(told).not.toMatch(/leak_|"leaks"|\/leaks\/|history|16384/);
    expect(await post(blind.url, '/admin/reset')).not.toHaveProperty('leaks');
  } finally {
    await blind.stop();
  }
});

it('refuses to guess what BLIND means', async () => {
  const start = startLeakyService({ env: { BLIND: 'perhaps' } });
  await expect(start).rejects.toThrow(/ended with code 1/);
});
