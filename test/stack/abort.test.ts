import { afterAll, beforeAll, expect, it } from 'vitest';
import { postJson } from './ask.ts';
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
