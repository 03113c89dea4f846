import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { containerReader } from '../../src/stress/readers/container-reader.ts';
import { parseStats } from '../../src/stress/readers/engine-memory.ts';
import { parseGoMemory, pprofReader } from '../../src/stress/readers/pprof-reader.ts';
import { processReader } from '../../src/stress/readers/process-reader.ts';
import { prometheusReader } from '../../src/stress/readers/prometheus-reader.ts';
import { parseScrape, sumOf } from '../../src/stress/readers/prometheus-text.ts';
import { countingServer } from './counting-server.ts';

const megabyte = 2 ** 20;
afterEach(() => vi.unstubAllEnvs());

describe('a process', () => {
  it('tells its resident memory and its sockets until it ends', async () => {
    const listens = `require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('listens'))`;
    const child = spawn(process.execPath, ['-e', listens], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const reader = await processReader(child.pid ?? 0);
    expect(reader.source).toContain(`process ${child.pid} (`);
    const { resident_bytes, open_sockets, process: identity } = await reader.read();
    expect(resident_bytes).toBeGreaterThan(20 * megabyte);
    expect(open_sockets).toBeGreaterThanOrEqual(process.platform === 'linux' ? 1 : 0);
    expect(identity).toContain(`${child.pid}, started `);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(reader.read()).rejects.toMatchObject({ name: 'NoReading', gone: true });
  });

  it('that is none is refused', async () => {
    await expect(processReader(2 ** 22 + 17)).rejects.toMatchObject({ exit_code: 2 });
    await expect(processReader(2 ** 22 + 17)).rejects.toThrow(
      /There is no process 4194321[\s\S]*--container/,
    );
  });
});

describe('Prometheus’ text', () => {
  const text = `# HELP process_resident_memory_bytes Resident memory size in bytes.
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 4.1943040e+07
process_start_time_seconds 1.76000000012e+09
process_open_fds 12
http_requests_total{method="GET",path="/a b\\"}"} 7 1760000000000
http_requests_total{method="POST"} 3
nothing_yet NaN
lag_seconds Nan
http_seconds_bucket{le="+Inf"} 7 # {trace_id="a1"} 0.004 1760000000.1
`;

  it('is read, with labels and sums', () => {
    const scrape = parseScrape(text);
    expect(scrape && sumOf(scrape, 'http_requests_total')).toBe(10);
    expect(scrape && sumOf(scrape, 'http_requests_total', { method: 'GET' })).toBe(7);
    expect(scrape && sumOf(scrape, 'nothing_yet')).toBeNull();
    expect(scrape && sumOf(scrape, 'lag_seconds')).toBeNull();
    expect(scrape && sumOf(scrape, 'http_seconds_bucket', { le: '+Inf' })).toBe(7);
  });

  it('tells resident memory, the start and what is open', async () => {
    await using server = await countingServer((_, response) => void response.end(text));
    expect(await prometheusReader(server.url).read()).toEqual({
      process: 1_760_000_000.12,
      resident_bytes: 40 * megabyte,
      open_sockets: 12,
    });
  });

  it.each([
    ['HTML', '<!doctype html><html><body>Not here</body></html>', /tells no memory[\s\S]*<!doctype html>/],
    ['nothing', '', /tells no memory/],
    ['metrics without memory', 'up 1\n', /1 metrics without it/],
  ])('is not %s', async (_, body, words) => {
    await using server = await countingServer((__, response) => void response.end(body));
    await expect(prometheusReader(server.url).read()).rejects.toThrow(words);
  });

  it('that does not come is no reading', async () => {
    await using server = await countingServer((_, response) => void response.writeHead(503).end());
    await expect(prometheusReader(server.url).read()).rejects.toThrow(/answers 503/);
  });
});

describe('a Go server’s heap profile', () => {
  const profile = `heap profile: 1: 1024 [3: 2048] @ heap/1048576
# runtime.MemStats
# Alloc = 5242880
# HeapAlloc = 5242880
# HeapSys = 11730944
# HeapIdle = 4000000
# HeapReleased = 1000000
# NumGC = 14
`;

  it('tells the heap; garbage is collected by asking for it', async () => {
    const asked: string[] = [];
    await using server = await countingServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(profile);
    });
    const reader = pprofReader(`${server.url}debug/pprof/heap`);
    await reader.collect?.();
    expect(await reader.read()).toEqual({
      heap_bytes: 5_242_880,
      heap_committed_bytes: 10_730_944,
      full_gc_total: 14,
    });
    expect(asked).toEqual(['/debug/pprof/heap?gc=1', '/debug/pprof/heap?debug=1']);
  });

  it('is not anything else', async () => {
    expect(parseGoMemory('{"HeapAlloc": 1}')).toBeUndefined();
    await using server = await countingServer();
    await expect(pprofReader(server.url).read()).rejects.toThrow(/no heap profile of a Go server/);
  });
});

describe('a container', () => {
  it('is not read where there is no Docker', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    await expect(containerReader('shop')).rejects.toThrow(/Docker is not installed/);
  });

  it.each([
    ['v1', { total_inactive_file: 1_000, inactive_file: 7 }],
    ['v2', { inactive_file: 1_000 }],
  ])('counts without page cache that can be dropped, under cgroup %s', (_, stats) => {
    const text = JSON.stringify({ memory_stats: { usage: 51_000, limit: 268_435_456, stats } });
    expect(parseStats(text)).toEqual({ used_bytes: 50_000, limit_bytes: 268_435_456 });
  });

  it('that does not run tells nothing', () => {
    expect(() => parseStats('{"memory_stats":{}}')).toThrow(/tells no memory/);
  });
});
