import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type RunningService,
  type StartOptions,
  startLeakyService,
  startUpstream,
} from '../../../test/support/processes.ts';
import { get, post, sendRequests } from './load.ts';

interface Resources {
  readonly open_sockets: number;
  readonly upstream: {
    readonly connections: { readonly busy: number; readonly idle: number };
    readonly requests: Readonly<Record<'success' | 'timeout' | 'error' | 'never_finished', number>>;
  };
}

const patience = { timeout: 20_000, interval: 100 };
const running: RunningService[] = [];
afterEach(() => Promise.all(running.splice(0).map((service) => service.stop())));

async function start(upstreamEnv: Record<string, string>, options: StartOptions = {}) {
  const upstream = await startUpstream({ env: { LATENCY_MS: '10', ...upstreamEnv } });
  const env = { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'silent' };
  const service = await startLeakyService({ ...options, env: { ...env, ...options.env } });
  running.push(service, upstream);
  return service;
}

const turnOn = (url: string, variant: string, more: object = { one_in: 1 }) =>
  post(url, '/admin/leaks/sockets', { enabled: true, variant, ...more });
const resources = (url: string) => get<Resources>(url, '/admin/resources');

describe('while the upstream answers', () => {
  it('leaves a connection open for each answer that nobody reads, and calls it never finished', async () => {
    const { url } = await start({});
    await turnOn(url, 'leaky');
    await sendRequests(url, 200);
    const { open_sockets, upstream } = await resources(url);
    expect(upstream.connections).toEqual({ busy: 200, idle: 0 });
    expect(upstream.requests).toEqual({ success: 0, timeout: 0, error: 0, never_finished: 200 });
    expect(open_sockets).toBeGreaterThanOrEqual(200);
    await post(url, '/admin/leaks/clear', { leak_type: 'sockets' });
    await vi.waitFor(async () => expect((await resources(url)).open_sockets).toBeLessThan(30), patience);
  });

  it('opens one for every 375th request by default: 32 a minute at 200 a second', async () => {
    const { url } = await start({});
    await turnOn(url, 'leaky', {});
    await sendRequests(url, 1_500);
    expect((await resources(url)).upstream.connections.busy).toBe(4);
  });

  it('uses few again and again where answers are read to their end', async () => {
    const { url } = await start({});
    await turnOn(url, 'fixed');
    await sendRequests(url, 400);
    await vi.waitFor(
      async () => expect((await resources(url)).upstream.requests.never_finished).toBe(0),
      patience,
    );
    const { upstream } = await resources(url);
    expect(upstream.connections.busy + upstream.connections.idle).toBeLessThanOrEqual(4);
    expect(upstream.requests.success).toBeGreaterThan(0);
    expect(upstream.requests.error).toBe(0);
  });
});

describe('while the upstream is slow and fails, so that each answer is read to its end', () => {
  it('connections pile up all the same: there is neither a limit nor a time', async () => {
    const { url } = await start({ LATENCY_MS: '60000', FAILURE_RATIO: '1' });
    await turnOn(url, 'leaky');
    await sendRequests(url, 200);
    expect((await resources(url)).upstream.connections.busy).toBe(200);
  });

  it('the fixed one has few under way, gives them up, and counts them as timed out', async () => {
    const { url } = await start({ LATENCY_MS: '60000', FAILURE_RATIO: '1' });
    await turnOn(url, 'fixed');
    await sendRequests(url, 200);
    expect((await resources(url)).upstream.connections.busy).toBeLessThanOrEqual(4);
    await vi.waitFor(async () => expect((await resources(url)).upstream.requests.timeout).toBe(4), patience);
    expect((await resources(url)).upstream.connections).toEqual({ busy: 0, idle: 0 });
  });
});

it('ends with a word when descriptors are used up, and says how many of how many', async () => {
  const limited = (command: readonly string[]) => ['sh', '-c', 'ulimit -n 256; exec "$@"', 'sh', ...command];
  const notes = mkdtempSync(join(tmpdir(), 'leak-lab-endings-'));
  onTestFinished(() => rmSync(notes, { recursive: true }));
  const env = { ENDINGS_DIRECTORY: notes };
  const { child, url } = await start({}, { wrap: limited, stderr: 'pipe', env });
  running.shift();
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    words += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await turnOn(url, 'leaky');
  await sendRequests(url, 400).catch(() => undefined);
  expect(await ended).toBe(71);
  expect(words).toMatch(
    /leaky-service: No file descriptors left \(25\d of 256 in use\): no connection can be opened. \d+ connections to the upstream are open/,
  );
  const [note = ''] = readdirSync(notes);
  expect(JSON.parse(readFileSync(join(notes, note), 'utf8'))).toMatchObject({
    pid: child.pid,
    exit_code: 71,
    reason: words.trim().replace('leaky-service: ', ''),
  });
}, 60_000);
