import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it as base, describe, expect } from 'vitest';
import { buildUpstream } from './server.ts';
import { defaultSettings } from './settings.ts';

/** Each test gets a server of its own on a free port. */
const it = base.extend<{ url: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the pattern to know what a fixture needs.
  url: async ({}, use) => {
    const settings = { ...defaultSettings, latency_ms: 0 };
    const server = buildUpstream({ settings, allowedHosts: new Set(['upstream']), random: () => 0.5 });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    server.close();
  },
});

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/settings`, { method: 'POST', body, headers });

/** `fetch` lets nobody set `Host`. */
async function statusWithHost(url: string, host: string): Promise<number | undefined> {
  const [response] = await once(request(`${url}/data`, { headers: { host } }).end(), 'response');
  response.resume();
  return response.statusCode;
}

describe('the upstream', () => {
  it('is healthy', async ({ url }) => {
    const response = await fetch(`${url}/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok' });
  });

  it('sends a body of the size it is set to', async ({ url }) => {
    expect((await (await fetch(`${url}/data`)).bytes()).length).toBe(1024);
    await post(url, '{"body_bytes": 200000}');
    expect((await (await fetch(`${url}/data`)).bytes()).length).toBe(200_000);
    expect((await (await fetch(`${url}/data?bytes=0`)).bytes()).length).toBe(0);
  });

  it('sends the first part of a body at once and the rest a moment later, where it is asked to', async ({
    url,
  }) => {
    const response = await fetch(`${url}/data?bytes=30000&first_bytes=10000`);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const arrivals: { readonly at_ms: number; readonly length: number }[] = [];
    for (let part = await reader.read(); !part.done; part = await reader.read())
      arrivals.push({ at_ms: performance.now(), length: part.value.length });
    const [first, last] = [arrivals[0], arrivals.at(-1)];
    expect(first?.length).toBe(10_000);
    expect(arrivals.reduce((sum, { length }) => sum + length, 0)).toBe(30_000);
    expect((last?.at_ms ?? 0) - (first?.at_ms ?? 0)).toBeGreaterThan(200);
  });

  it('lets one request override the settings, and keeps them', async ({ url }) => {
    const started = performance.now();
    expect((await fetch(`${url}/data?latency_ms=60`)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(55);
    expect((await fetch(`${url}/data?failure_ratio=0.6`)).status).toBe(503);
    expect((await fetch(`${url}/data?failure_ratio=0.4`)).status).toBe(200);
    expect(await (await fetch(`${url}/settings`)).json()).toEqual({ ...defaultSettings, latency_ms: 0 });
  });

  it('fails as often as it is told', async ({ url }) => {
    await post(url, '{"failure_ratio": 1}');
    const response = await fetch(`${url}/data`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'told_to_fail' } });
  });

  it('reads settings without a content type, and answers with all of them', async ({ url }) => {
    const response = await post(url, '{"latency_ms": 3}', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(await response.json()).toEqual({ ...defaultSettings, latency_ms: 3 });
  });

  it.for([
    ['{"latency_ms": -1}', 400],
    ['{"latency_ms": ', 400],
    ['', 400],
    ['[]', 400],
    [`{"latency_ms": ${'1'.repeat(6_000_000)}}`, 413],
  ] as const)('refuses bad settings and changes nothing (case %$)', async ([body, status], { url }) => {
    const response = await post(url, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('xpected') } });
    expect(await (await fetch(`${url}/settings`)).json()).toEqual({ ...defaultSettings, latency_ms: 0 });
  });

  it.for([
    ['/data?bytes=-1', 'GET', 400],
    ['/nothing', 'GET', 404],
    ['/%00', 'GET', 404],
    ['/toString', 'GET', 404],
    ['/settings', 'DELETE', 405],
    ['/data', 'POST', 405],
  ] as const)('answers %s by %s with an error', async ([path, method, status], { url }) => {
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty('error.code');
  });

  it('answers to its own names only', async ({ url }) => {
    expect(await statusWithHost(url, 'upstream:8090')).toBe(200);
    expect(await statusWithHost(url, 'evil.example')).toBe(403);
  });

  it('takes no settings from a web page', async ({ url }) => {
    expect((await post(url, '{"latency_ms": 9}', { origin: 'http://evil.example' })).status).toBe(403);
  });

  it('lives on when a caller goes away in the middle of an answer', async ({ url }) => {
    const caller = new AbortController();
    const answer = await fetch(`${url}/data?bytes=67108864`, { signal: caller.signal });
    caller.abort();
    await expect(answer.bytes()).rejects.toThrow();
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});
