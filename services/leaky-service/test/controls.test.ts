/** What looks like a leak and is none: it comes to an end by itself, or goes when the load does. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';
import { get, growthPerRequest, keepCode, post, readSettled, sendRequests } from './load.ts';

const megabyte = 2 ** 20;
const most_bytes = 20;

let service: RunningService;
beforeAll(async () => {
  service = await startLeakyService({ env: { LOG_LEVEL: 'warn' }, nodeFlags: [keepCode] });
  await sendRequests(service.url, 2_000);
});
afterAll(() => service.stop());

const turnOn = (id: string) => post(service.url, `/admin/leaks/${id}`, { enabled: true });
const clearAndTurnOff = async (id: string) => {
  await post(service.url, '/admin/leaks/clear', { leak_type: id });
  await post(service.url, `/admin/leaks/${id}`, { enabled: false });
};
const controls = ['warm-cache', 'pool', 'churn'];
afterEach(async () => {
  for (const id of controls) await clearAndTurnOff(id);
});

/** What it has grown by since, megabytes. */
const grown_mb = async (before: number) => ((await readSettled(service.url)) - before) / megabyte;
const entriesOf = async (id: string) => {
  const path = '/admin/leaks/status';
  const { leaks } = await get<{ leaks: Record<string, { entries: number }> }>(service.url, path);
  return leaks[id]?.entries ?? Number.NaN;
};

it('warm-cache climbs ever slower, and holds a page of each article that was asked for', async () => {
  const before = await readSettled(service.url);
  await turnOn('warm-cache');
  const held = [{ grown_mb: 0, entries: 0 }];
  for (let load = 1; load <= 2; load++) {
    await sendRequests(service.url, 3_000);
    held.push({ grown_mb: await grown_mb(before), entries: await entriesOf('warm-cache') });
  }
  const [first, second] = [1, 2].map((load) => ({
    grown_mb: (held[load]?.grown_mb ?? 0) - (held[load - 1]?.grown_mb ?? 0),
    entries: (held[load]?.entries ?? 0) - (held[load - 1]?.entries ?? 0),
  }));
  expect(second?.entries).toBeLessThan(0.6 * (first?.entries ?? 0));
  for (const grown of [first, second]) {
    const pages_mb = ((grown?.entries ?? 0) * 16_384) / megabyte;
    expect(grown?.grown_mb).toBeGreaterThan(0.85 * pages_mb);
    expect(grown?.grown_mb).toBeLessThan(1.15 * pages_mb);
  }
}, 60_000);

it('pool takes 32 MB with the first request, and nothing more', async () => {
  const before = await readSettled(service.url);
  await turnOn('pool');
  await sendRequests(service.url, 20);
  expect(Math.abs((await grown_mb(before)) - 32)).toBeLessThan(2);
  expect(await growthPerRequest(service.url, 6_000)).toBeLessThan(most_bytes);
}, 60_000);

it('churn leaves nothing when the load is over', async () => {
  const before = await readSettled(service.url);
  await turnOn('churn');
  await sendRequests(service.url, 2_000);
  const { process: memory } = await get<{ process: { heap_used_bytes: number } }>(
    service.url,
    '/admin/memory',
  );
  expect((memory.heap_used_bytes - before) / megabyte).toBeGreaterThan(20);
  await expect.poll(() => grown_mb(before), { timeout: 10_000 }).toBeLessThan(5);
}, 60_000);

it.each(controls)(
  '%s gives everything back when it is cleared and off',
  async (id) => {
    await turnOn(id);
    await sendRequests(service.url, 500);
    await clearAndTurnOff(id);
    const before = await readSettled(service.url);
    await turnOn(id);
    await sendRequests(service.url, 1_000);
    await clearAndTurnOff(id);
    expect(Math.abs(await grown_mb(before))).toBeLessThan(5);
  },
  60_000,
);
