import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Death, DeathSummary } from '../../services/console/src/api/contract.ts';
import { getJson, postJson } from './ask.ts';
import { deathsAndStarts, restarts, runScript } from './observe.ts';
import { openStack, type Stack } from './stack.ts';

let stack: Stack;
const opened_seconds = Math.floor(Date.now() / 1000);
beforeAll(async () => {
  stack = await openStack({ SERVICE_NODE_OPTIONS: '--max-old-space-size=128' });
});
afterAll(() => stack?.close());

it("ends by V8's own hand, with its message, where the heap's limit is below the container's", async () => {
  await postJson(`${stack.url.service}/admin/leaks/cache`, { enabled: true, bytes_per_request: 65_536 });
  const k6 = await runScript(stack, 'memory-stress.ts');
  expect(k6, k6.stdout + k6.stderr).toMatchObject({ code: 0 });
  const container = await stack.containerOf('leaky-service');
  await expect.poll(() => restarts(container), { timeout: 30_000 }).toBe(1);
  const deaths = (await deathsAndStarts(container, opened_seconds)).filter((event) => event !== 'start');
  expect(deaths).toEqual(['die 134']);
  const { stdout } = await stack.compose('logs', '--no-color', 'leaky-service');
  expect(stdout).toContain('JavaScript heap out of memory');
});

it('leaves a report that the console finds', async () => {
  const list = () => getJson<{ deaths: DeathSummary[] }>(`${stack.url.console}/api/deaths`);
  await expect.poll(async () => (await list()).deaths.length, { timeout: 30_000 }).toBe(1);
  const [summary] = (await list()).deaths;
  expect(summary).toMatchObject({ ended_by: 'v8-heap-limit' });
  const death = await getJson<Death>(`${stack.url.console}/api/deaths/${summary?.id}`);
  expect(death.report).toMatchObject({ file: expect.stringMatching(/^report\..*\.json$/) });
});

it('a death between two requests of a slow load is told all the same', async () => {
  const at = (path: string) => `${stack.url.service}${path}`;
  await expect
    .poll(async () => (await fetch(at('/health')).catch(() => null))?.ok, { timeout: 30_000 })
    .toBe(true);
  // One request at once, the next after a minute and more.
  const k6 = runScript(stack, 'memory-stress.ts', { LEAKS: 'history', RATE: '0.015', DURATION: '50s' });
  const leaks = () =>
    getJson<{ leaks: Record<string, { enabled: boolean; entries: number }> }>(at('/admin/leaks/status'));
  await expect.poll(async () => (await leaks()).leaks['history']?.entries, { timeout: 60_000 }).toBe(1);
  const { process } = await getJson<{ process: { pid: number } }>(at('/admin/memory'));
  await stack.compose('exec', '-T', 'leaky-service', 'sh', '-c', `kill -9 ${process.pid}`);
  const { code, stdout, stderr } = await k6;
  expect(stdout + stderr).toContain('another process answers in its place');
  expect(code).toBe(0);
});
