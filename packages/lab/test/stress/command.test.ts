import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stress } from '../../src/commands/stress.ts';
import type { StressOptions } from '../../src/stress/options.ts';
import { type CountingServer, countingServer } from './counting-server.ts';

const usual: StressOptions = { threshold: '100', timeout: '0.2', idle: '30s', keepAlive: true };
let printed: string;
const exitCodeBefore = process.exitCode;

beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(console, 'log').mockImplementation((text) => {
    printed += `${text}\n`;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCodeBefore;
});

const run = (url: string, more: Partial<StressOptions>) => stress(url, { ...usual, ...more });
const mine = String(process.pid);

describe('ends with 2 and says why, before anything is sent', () => {
  it.each<[string, Partial<StressOptions>, RegExp]>([
    ['http://192.0.2.7/', { pid: mine }, /192\.0\.2\.7 is another machine/],
    ['shop', {}, /The URL is no address of a web server[\s\S]*"shop"/],
    ['http://127.0.0.1:1/', { workers: '0' }, /--workers cannot be used/],
    ['http://127.0.0.1:1/', { requests: '-5' }, /--requests cannot be used/],
    ['http://127.0.0.1:1/', { payload: '/' }, /The payload \/ cannot be sent[\s\S]*a folder/],
    ['http://127.0.0.1:1/', { pid: '4194321' }, /There is no process 4194321/],
    ['http://127.0.0.1:1/', { pid: '1', container: 'shop' }, /cannot be used together/],
    ['http://127.0.0.1:1/', { compare: '/none.json' }, /cannot be compared with/],
    ['http://127.0.0.1:1/', { path: '//elsewhere.test/', pid: mine }, /The path leads elsewhere/],
    ['http://127.0.0.1:1/', { timeout: 'never' }, /--timeout is not a duration/],
    ['http://127.0.0.1:1/', {}, /Nothing tells the memory of http:\/\/127\.0\.0\.1:1/],
  ])('%s %j', async (url, more, words) => {
    const ended = run(url, more);
    await expect(ended).rejects.toThrow(words);
    await expect(ended).rejects.toMatchObject({ exit_code: 2 });
  });

  it('metrics that are none', async () => {
    await using server = await countingServer((_, response) => void response.end('<html>'));
    await expect(run(server.url, { metrics: server.url })).rejects.toThrow(/tells no memory/);
    expect(server.requests).toBe(1);
  });
});

describe('ends with 2 where a server cannot be measured', () => {
  it('as it refuses connections', async () => {
    const ended = run('http://127.0.0.1:1/', { pid: mine });
    await expect(ended).rejects.toThrow(/cannot be measured[\s\S]*without an answer: \d+ refused/);
    await expect(ended).rejects.toMatchObject({ exit_code: 2 });
  });

  it('as it never answers', async () => {
    await using server = await countingServer(() => undefined);
    await expect(run(server.url, { pid: mine, workers: '2' })).rejects.toThrow(/timed out/);
  });
});

describe('the quick test', () => {
  /** A server that tells memory of its own, which each request grows by so much. */
  const keeping = (bytes: number): Promise<CountingServer> => {
    let asked = 0;
    return countingServer((request, response) => {
      if (request.url !== '/metrics') asked += 1;
      response.end(`process_resident_memory_bytes ${50_000_000 + asked * bytes}\n`);
    });
  };

  it.each([
    [16_384, 1, /The first request grew memory by 16 KB, ten more by 160 KB: some ten times as much/],
    [0, 0, /by 0 B, ten more by 0 B: less than 1 KB for each, so it does not grow/],
  ])('of a server that keeps %i bytes of each ends with %i', async (bytes, code, words) => {
    await using server = await keeping(bytes);
    await run(server.url, { quick: true, metrics: `${server.url}metrics` });
    expect(process.exitCode).toBe(code);
    expect(printed).toMatch(words);
  });

  it('wants every request to succeed', async () => {
    await using server = await countingServer((_, response) => void response.writeHead(404).end());
    await expect(run(server.url, { quick: true, pid: mine })).rejects.toThrow(/50 answered 404/);
  });
});

it('takes a word that it does not know for no leak either', () => {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [main, 'stress', '--request', '5'], {
    encoding: 'utf8',
  });
  expect(stderr).toContain("unknown option '--request'");
  expect(status).toBe(2);
});
