import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getJson, postJson, queryPrometheus } from './ask.ts';
import { deathsAndStarts, restarts, runScript } from './observe.ts';
import { docker, openStack, type Stack } from './stack.ts';

const megabyte = 2 ** 20;

let stack: Stack;
let container: string;
let opened_seconds: number;
beforeAll(async () => {
  opened_seconds = Math.floor(Date.now() / 1000);
  stack = await openStack();
  container = await stack.containerOf('leaky-service');
});
afterAll(() => stack?.close());

const runK6 = (script: string, env?: Record<string, string>) => runScript(stack, script, env);
const events = () => deathsAndStarts(container, opened_seconds);
const consoleSees = async () =>
  (await getJson<{ service: { state: string } }>(`${stack.url.console}/api/now`)).service.state;
const isHealthy = async () =>
  (await fetch(`${stack.url.service}/health`).catch(() => undefined))?.ok ?? false;

// One after the other: each is the state the next one starts from.
describe('the service, with a leak and the default load', () => {
  it('passes the baseline while no leak is on', async () => {
    const k6 = await runK6('baseline.ts', { DURATION: '10s' });
    expect(k6, k6.stdout + k6.stderr).toMatchObject({ code: 0 });
    expect(k6.stderr).toMatch(/Memory: \d+ of 256 MB before, \d+ of 256 MB after/);
  });

  it('is killed by the kernel within 90 s, and k6 says when', async () => {
    const k6 = await runK6('memory-stress.ts');
    expect(k6, k6.stdout + k6.stderr).toMatchObject({ code: 0 });
    const told = /died .*: ([\d.]+) s after the start, after (\d+) answered requests/.exec(k6.stderr);
    expect(Number(told?.[1])).toBeLessThan(90);
    expect(Number(told?.[2])).toBeGreaterThan(1000);
    await expect.poll(events, { timeout: 30_000 }).toEqual(expect.arrayContaining(['oom', 'die 137']));
  });

  it('comes back by itself, with no leak on', async () => {
    await expect.poll(isHealthy, { timeout: 60_000 }).toBe(true);
    expect(await restarts(container)).toBe(1);
    const { leaks } = await getJson<{ leaks: Record<string, { enabled: boolean }> }>(
      `${stack.url.service}/admin/leaks/status`,
    );
    expect(Object.values(leaks).filter(({ enabled }) => enabled)).toEqual([]);
  });

  it('has left its climb and its death in Prometheus', async () => {
    const query = (text: string) => queryPrometheus(stack.url.prometheus, text);
    const climb =
      'max_over_time(container_memory_usage_bytes[5m]) - min_over_time(container_memory_usage_bytes[5m])';
    expect(await query(climb)).toBeGreaterThan(100 * megabyte);
    expect(await query('max_over_time(leak_retained_bytes{leak="cache"}[5m])')).toBeGreaterThan(
      100 * megabyte,
    );
    await expect
      .poll(() => query('changes(process_start_time_seconds{job="leaky-service"}[5m])'), { timeout: 30_000 })
      .toBe(1);
  });

  it('is marked as killed for want of memory while it lies dead', async () => {
    await docker(['update', '--restart=no', container]);
    await postJson(`${stack.url.service}/admin/leaks/cache`, { enabled: true, bytes_per_request: 65_536 });
    expect(await runK6('memory-stress.ts')).toMatchObject({ code: 0 });
    const state = async () =>
      JSON.parse((await docker(['inspect', '--format', '{{json .State}}', container])).stdout);
    await expect
      .poll(state, { timeout: 30_000 })
      .toMatchObject({ Status: 'exited', OOMKilled: true, ExitCode: 137 });
  });

  it('ends in order within 5 s when it is asked to', async () => {
    // The console tells the end of a process that it has seen: of this one, not of the one that lies dead.
    await expect.poll(consoleSees, { timeout: 30_000 }).not.toBe('up');
    await docker(['start', container]);
    await expect.poll(consoleSees, { timeout: 60_000 }).toBe('up');
    const asked = performance.now();
    await stack.compose('stop', '--timeout', '20', 'leaky-service');
    expect(performance.now() - asked).toBeLessThan(6_000);
    expect((await events()).at(-1)).toBe('die 0');
    const kinds = async () => {
      const { events: told } = await getJson<{ events: { kind: string }[] }>(
        `${stack.url.console}/api/events?from=0&to=${Date.now() + 1_000}`,
      );
      return told.map(({ kind }) => kind).filter((kind) => kind === 'stop' || kind === 'death');
    };
    await expect.poll(kinds, { timeout: 30_000 }).toEqual(['death', 'death', 'stop']);
  });

  it('leaves no container, volume or network after down -v', async () => {
    await stack.close();
    const filter = ['--filter', `label=com.docker.compose.project=${stack.project}`, '--quiet'];
    const left = await Promise.all([
      docker(['ps', '--all', ...filter]),
      docker(['volume', 'ls', ...filter]),
      docker(['network', 'ls', ...filter]),
    ]);
    expect(left.map(({ stdout }) => stdout)).toEqual(['', '', '']);
  });
});
