import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../services/leaky-service/src/leaks/catalogue.ts';
import { queryPrometheus } from './ask.ts';
import { keepRecording } from './keep-recording.ts';
import { driveToDeath, type Life } from './life.ts';
import { startsOfBystanders } from './observe.ts';
import { firstFiring, readSamples, valueAt } from './prometheus.ts';
import { openStack, type Stack } from './stack.ts';

const leaks = catalogue.filter(({ control }) => !control).map(({ id }) => id);
const limit_bytes = 256 * 2 ** 20;

let stack: Stack;
let bystanders: string[];
beforeAll(async () => {
  stack = await openStack();
  bystanders = await startsOfBystanders(stack);
});
afterAll(() => stack?.close());

const query = (text: string) => queryPrometheus(stack.url.prometheus, text);

describe.each(leaks)('with %s at the default load', (leak) => {
  let life: Life;
  const fired = async (alert: string): Promise<number> =>
    (await firstFiring(stack.url.prometheus, alert, life.loaded_seconds, life.back_seconds)) ?? Number.NaN;

  it('the kernel ends the service', async () => {
    life = await driveToDeath(stack, leak);
  });

  it('MemoryLeakSuspected fires before the container is 70 % full', async () => {
    const [use] = await readSamples(
      stack.url.prometheus,
      'container_memory_usage_bytes',
      life.loaded_seconds,
      life.back_seconds,
    );
    const share = valueAt(use?.points ?? [], await fired('MemoryLeakSuspected')) / limit_bytes;
    console.log(`${leak}: MemoryLeakSuspected at ${(100 * share).toFixed(1)} % of the limit`);
    expect(share).toBeLessThan(0.7);
    expect(share).toBeGreaterThan(0.45);
  });

  it('MemoryLimitSoon fires at least 20 s before the kill', async () => {
    const notice_seconds = life.died_seconds - (await fired('MemoryLimitSoon'));
    console.log(`${leak}: MemoryLimitSoon ${notice_seconds.toFixed(0)} s before the kill`);
    expect(notice_seconds).toBeGreaterThanOrEqual(20);
  });

  it('the death is in Prometheus, once, and the samples go on within 10 s after the restart', async () => {
    const lives = async () =>
      (
        await readSamples(
          stack.url.prometheus,
          'process_start_time_seconds{job="leaky-service"}',
          life.died_seconds - 20,
        )
      ).flatMap(({ points }) => points.map(([, start]) => start));
    await expect.poll(async () => new Set(await lives()).size, { timeout: 20_000, interval: 500 }).toBe(2);
    const alert = 'ALERTS{alertname="ServiceDied",alertstate="firing"}';
    await expect.poll(() => query(alert), { timeout: 20_000, interval: 500 }).toBe(1);
    const firstSample = async () => {
      const [use] = await readSamples(
        stack.url.prometheus,
        'container_memory_usage_bytes',
        life.died_seconds,
      );
      return use?.points.find(([time]) => time > life.back_seconds)?.[0];
    };
    await expect.poll(firstSample, { timeout: 20_000, interval: 500 }).toBeDefined();
    expect(((await firstSample()) ?? Number.NaN) - life.back_seconds).toBeLessThan(10);
    await keepRecording(stack, leak, life);
  });
});

it('neither the collector nor Jaeger was touched by the deaths', async () => {
  expect(await startsOfBystanders(stack)).toEqual(bystanders);
});
