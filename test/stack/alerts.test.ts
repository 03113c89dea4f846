import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaks } from '../support/leaks.ts';
import { keepRecording } from './keep-recording.ts';
import { driveToDeath, type Life } from './life.ts';
import { startsOfBystanders } from './observe.ts';
import { firstFiring, readSamples, valueAt } from './prometheus.ts';
import { openStack, type Stack } from './stack.ts';

const ids = leaks.map(({ id }) => id);
/** Where the default load fills the limit in much less than a minute: requests a second that take as long as the others. */
const slower: Readonly<Record<string, Readonly<Record<string, string>>>> = { reload: { RATE: '0.7' } };
const limit_bytes = 256 * 2 ** 20;

/** One life after the other in each of two stacks, side by side: on two cores neither slows the other. */
const stacks: Stack[] = [];
const bystanders: string[][] = [];
const lives = new Map<string, { readonly stack: Stack; readonly life: Life }>();
beforeAll(async () => {
  // The second finds the images that the first has built.
  stacks.push(await openStack(), await openStack());
  bystanders.push(...(await Promise.all(stacks.map(startsOfBystanders))));
});
afterAll(() => Promise.all(stacks.map((stack) => stack.close())));

it('the kernel ends the service, with each leak', async () => {
  await Promise.all(
    stacks.map(async (stack, index) => {
      for (const leak of ids.filter((_, place) => place % stacks.length === index)) {
        const life = await driveToDeath(stack, leak, slower[leak]);
        lives.set(leak, { stack, life });
        const { loaded_seconds, died_seconds } = life;
        console.log(`${leak}: killed ${(died_seconds - loaded_seconds).toFixed(0)} s after k6 was started`);
        await keepRecording(stack, leak, life);
      }
    }),
  );
  expect([...lives.keys()].sort()).toEqual([...ids].sort());
});

describe.each(ids)('with %s', (leak) => {
  const life = (): Life => lives.get(leak)?.life as Life;
  const read = async (selector: string, from_seconds: number, to_seconds?: number) =>
    (await readSamples(prometheus(), selector, from_seconds, to_seconds)).flatMap(({ points }) => points);
  const prometheus = () => lives.get(leak)?.stack.url.prometheus ?? '';
  const fired = async (alert: string) =>
    (await firstFiring(prometheus(), alert, life().loaded_seconds, life().died_seconds)) ?? Number.NaN;

  it('MemoryLeakSuspected fires before the container is 70 % full', async () => {
    const use = await read('container_memory_usage_bytes', life().loaded_seconds, life().died_seconds);
    const share = valueAt(use, await fired('MemoryLeakSuspected')) / limit_bytes;
    console.log(`${leak}: MemoryLeakSuspected at ${(100 * share).toFixed(1)} % of the limit`);
    expect(share).toBeLessThan(0.7);
    expect(share).toBeGreaterThan(0.45);
  });

  it('MemoryLimitSoon fires at least 20 s before the kill', async () => {
    const notice_seconds = life().died_seconds - (await fired('MemoryLimitSoon'));
    console.log(`${leak}: MemoryLimitSoon ${notice_seconds.toFixed(0)} s before the kill`);
    expect(notice_seconds).toBeGreaterThanOrEqual(20);
  });

  it('the death is in Prometheus, once, and the samples go on within 10 s after the restart', async () => {
    const { died_seconds, back_seconds } = life();
    const since = () =>
      read('process_start_time_seconds{job="leaky-service"}', died_seconds - 20, back_seconds + 12);
    const first = async () => (await since()).find(([time]) => time > back_seconds)?.[0];
    await expect.poll(first, { timeout: 20_000, interval: 500 }).toBeDefined();
    expect(((await first()) ?? Number.NaN) - back_seconds).toBeLessThan(10);
    expect(new Set((await since()).map(([, start]) => start)).size).toBe(2);
    const told = () =>
      read('ALERTS{alertname="ServiceDied",alertstate="firing"}', back_seconds, back_seconds + 12);
    await expect
      .poll(async () => (await told()).length, { timeout: 20_000, interval: 500 })
      .toBeGreaterThan(0);
  });
});

it('neither the collectors nor Jaeger was touched by the deaths', async () => {
  expect(await Promise.all(stacks.map(startsOfBystanders))).toEqual(bystanders);
});
