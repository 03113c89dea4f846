/** Profile `keys`: another server grows, and the service does not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRequests } from '../../services/leaky-service/test/load.ts';
import { sampleName } from '../signals/signal.ts';
import { metrics } from '../signals/signals.ts';
import { getJson, postJson, queryPrometheus } from './ask.ts';
import { underKeys } from './panels/expectations.ts';
import { together, unmet } from './panels/movement.ts';
import { drawAll, isScraped, now_seconds } from './panels/scene.ts';
import { docker, openStack, type Stack } from './stack.ts';

const megabyte = 2 ** 20;
const patience = { timeout: 60_000, interval: 500 };
const requests = 2_000;

const image = process.env['VALKEY_IMAGE'] ?? (await imageOfCompose());
const hasImage = (await docker(['image', 'inspect', image])).code === 0;
const missing = hasImage ? '' : ` (not run: there is no image ${image} here)`;

async function imageOfCompose(): Promise<string> {
  const { stdout } = await docker(['compose', '--profile', 'keys', 'config', '--format', 'json']);
  return (JSON.parse(stdout) as { services: { valkey: { image: string } } }).services.valkey.image;
}

interface Sample {
  readonly remote: { readonly used_memory_bytes: number; readonly keys: number } | null;
}

describe.runIf(hasImage)(`profile keys${missing}`, () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack();
  });
  afterAll(() => stack?.close());

  const turnOn = (more: object = {}) =>
    postJson(`${stack.url.service}/admin/leaks/keys`, { enabled: true, ...more });
  const inPrometheus = (name: string) => queryPrometheus(stack.url.prometheus, name);
  /** A movement is from the middle of some readings to the middle of some. */
  const readAFewTimes = async () => {
    for (let reading = 0; reading < together; reading += 1) await isScraped(stack);
  };
  const heldByService = async () => {
    const { after } = await postJson<{ after: { heap_used_bytes: number; external_bytes: number } }>(
      `${stack.url.service}/admin/gc`,
      {},
    );
    return after.heap_used_bytes + after.external_bytes;
  };

  it('the stack runs without it, and the service says how to start it', async () => {
    await expect(turnOn()).rejects.toThrow(
      /409[\s\S]*redis:\/\/valkey:6379[\s\S]*docker compose --profile keys up -d/,
    );
    expect((await getJson<Sample>(`${stack.url.service}/admin/sample`)).remote).toBeNull();
  });

  it('started later it is healthy, and reached inside the network only', async () => {
    const up = await stack.compose('--profile', 'keys', 'up', '--detach', '--wait', '--no-deps', 'valkey');
    expect(up, up.stderr).toMatchObject({ code: 0 });
    const { stdout } = await docker([
      ...['inspect', '--format', '{{json .NetworkSettings.Ports}} {{.HostConfig.Memory}}'],
      await stack.containerOf('valkey'),
    ]);
    expect(stdout).not.toContain('HostPort');
    expect(await turnOn()).toMatchObject({ enabled: true, memory: 'remote' });
  });

  it('grows by what is set, while the service does not, and the panels show it', async () => {
    await sendRequests(stack.url.service, 500);
    const before = await heldByService();
    const from_seconds = now_seconds();
    await readAFewTimes();
    await sendRequests(stack.url.service, requests);
    await expect.poll(() => inPrometheus('valkey_keys'), patience).toBe(500 + requests);
    const used_bytes = await inPrometheus('valkey_used_memory_bytes');
    expect(used_bytes / ((500 + requests) * 16_384)).toBeGreaterThan(0.95);
    expect(used_bytes / ((500 + requests) * 16_384)).toBeLessThan(1.15);
    expect(await inPrometheus('valkey_maxmemory_bytes')).toBe(256 * megabyte);
    expect(await inPrometheus('valkey_keys_with_expiry')).toBe(0);
    // 39 MB are in Valkey by now.
    expect((await heldByService()) - before).toBeLessThan(2 * megabyte);
    await readAFewTimes();
    const span = { from_seconds, to_seconds: now_seconds() };
    expect(unmet(underKeys, await drawAll(stack, span))).toEqual([]);
  });

  it.for(metrics.filter(({ when }) => when === 'with a Valkey'))('Prometheus has $name', async (metric) => {
    const query = `count(${sampleName(metric)}{job="leaky-service"})`;
    await expect.poll(() => inPrometheus(query), patience).toBeGreaterThan(0);
  });

  it('is told in the log when it answers', async () => {
    const { stdout } = await stack.compose('logs', '--no-color', '--no-log-prefix', 'leaky-service');
    expect(stdout).toMatch(/"valkey":"redis:\/\/valkey:6379","msg":"valkey answers"/);
  });

  it('with the fixed one all keys end, and Valkey is as it was', async () => {
    await turnOn({ variant: 'fixed' });
    await sendRequests(stack.url.service, requests);
    await expect.poll(() => inPrometheus('valkey_keys_with_expiry'), patience).toBe(requests);
    await expect.poll(() => inPrometheus('valkey_keys'), patience).toBe(0);
    await expect.poll(() => inPrometheus('valkey_used_memory_bytes'), patience).toBeLessThan(4 * megabyte);
  });

  it('its death costs no request, and its return is seen', async () => {
    await stack.compose('--profile', 'keys', 'kill', 'valkey');
    await sendRequests(stack.url.service, 100);
    await expect.poll(() => inPrometheus('valkey_up'), patience).toBe(0);
    await stack.compose('--profile', 'keys', 'up', '--detach', '--wait', '--no-deps', 'valkey');
    await expect.poll(() => inPrometheus('valkey_up'), patience).toBe(1);
  });
});
