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
