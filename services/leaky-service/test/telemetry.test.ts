import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import { keepCode, post, readHeld, readSettled, sendRequests } from './load.ts';

const requests = 8_000;

/** Takes spans as a collector would, and keeps the bytes. */
async function startSink() {
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await buffer(request));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, server, text: () => Buffer.concat(bodies).toString('latin1') };
}

it('sends a span with its route for each request, none for what machines ask, and the trace id to the log', async () => {
  const sink = await startSink();
  const service = await startLeakyService({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url }, stdout: 'pipe' });
  const lines: { route?: string; trace_id?: string }[] = [];
  createInterface(service.child.stdout as NodeJS.ReadableStream).on('line', (line) =>
    lines.push(JSON.parse(line)),
  );
  await fetch(`${service.url}/health`);
  await sendRequests(service.url, 10, { connections: 1 });
  expect(await service.stop()).toBe(0);
  const spans = sink.text();
  expect(spans.match(/http\.route/g)).toHaveLength(10);
  expect(spans).toContain('GET /api/data');
  expect(spans).not.toContain('/health');
  const traced = lines.filter(({ route }) => route === '/api/data');
  expect(traced).toHaveLength(10);
  for (const { trace_id } of traced)
    expect(spans).toContain(Buffer.from(trace_id ?? '', 'hex').toString('latin1'));
  sink.server.close();
});

it.each([
  ['names the leaks that are on', {}, true],
  ['does not say which leak is on where nobody may know', { BLIND: 'true' }, false],
])('tells what the process held after a request, how big its body was, and %s', async (_, more, named) => {
  const sink = await startSink();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, LOG_LEVEL: 'warn', LEAKS: 'history', ...more };
  const service = await startLeakyService({ env });
  await sendRequests(service.url, 3, { connections: 1 });
  await fetch(`${service.url}/api/data`, { method: 'POST', body: 'x'.repeat(5_000) });
  expect(await service.stop()).toBe(0);
  const spans = sink.text();
  expect(spans.match(/process\.memory\.used_after/g)).toHaveLength(4);
  expect(spans.match(/http\.request\.body\.size/g)).toHaveLength(1);
  expect(spans.includes('leak.ids')).toBe(named);
  expect(spans.includes('history')).toBe(named);
  sink.server.close();
});

it('keeps no span, and no more of a connection than is set, where a call has no end', async () => {
  const [sink, upstream] = await Promise.all([startSink(), startUpstream({ env: { LATENCY_MS: '5' } })]);
  const set_bytes = 32_768;
  const connections = 400;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, LOG_LEVEL: 'warn', UPSTREAM_URL: upstream.url };
  const service = await startLeakyService({ env, nodeFlags: [keepCode] });
  await post(service.url, '/admin/leaks/sockets', { enabled: true, bytes_per_request: set_bytes, one_in: 1 });
  await sendRequests(service.url, 600);
  const before = await readSettled(service.url);
  await sendRequests(service.url, connections);
  // Spans of requests that are over wait for a moment to be sent.
  await expect
    .poll(async () => Math.abs(((await readSettled(service.url)) - before) / connections / set_bytes - 1), {
      interval: 500,
      timeout: 20_000,
    })
    .toBeLessThan(0.15);
  await Promise.all([service.stop(), upstream.stop()]);
  sink.server.close();
});

it('neither fails nor grows when the collector is gone', async () => {
  // Nothing listens on port 1. Spans that wait to be dropped are no growth: the queue is bounded and runs empty.
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', LOG_LEVEL: 'warn' };
  const service = await startLeakyService({ env });
  await sendRequests(service.url, 4_000);
  let before = await readHeld(service.url);
  await expect
    .poll(
      async () => {
        const last = before;
        before = await readHeld(service.url);
        return last - before;
      },
      { interval: 1_500, timeout: 30_000 },
    )
    .toBeLessThan(50_000);
  await sendRequests(service.url, requests);
  await expect
    .poll(async () => ((await readHeld(service.url)) - before) / requests, { interval: 500, timeout: 30_000 })
    .toBeLessThan(20);
  expect(await service.stop()).toBe(0);
}, 90_000);
