import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaks } from '../../../test/support/leaks.ts';
import { type RunningService, startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import { growthPerRequest, keepCode, post, readSettled, sendRequests } from './load.ts';
import { trialOf } from './trials.ts';

const megabyte = 2 ** 20;

let upstream: RunningService;
let service: RunningService;
beforeAll(async () => {
  upstream = await startUpstream();
  const env = { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn' };
  service = await startLeakyService({ env, nodeFlags: ['--max-old-space-size=512', keepCode] });
  await sendRequests(service.url, 2_000);
});
afterAll(() => Promise.all([service.stop(), upstream.stop()]));

// One after the other in one service: each is measured from where the one before was cleared.
describe.each(leaks)('$id', ({ id, unit, drive }) => {
  const { warmUp, sizes } = trialOf({ unit, drive });
  const turnOn = (bytes_per_request: number) =>
    post(service.url, `/admin/leaks/${id}`, { enabled: true, bytes_per_request, one_in: 1 });
  const clearAndTurnOff = async () => {
    await post(service.url, '/admin/leaks/clear', { leak_type: id });
    await post(service.url, `/admin/leaks/${id}`, { enabled: false });
  };
  /** Bytes held before anything is, after each of the sizes in turn, and when it was cleared. */
  const held = { before: Number.NaN, after: [] as number[], cleared: Number.NaN };
  beforeAll(async () => {
    await turnOn(warmUp.set_bytes);
    // Answers that are not read at once are to have come before what is held is read; jobs are to wait.
    await post(service.url, '/admin/upstream', { latency_ms: unit === 'connection' ? 10 : 800 });
    await sendRequests(service.url, warmUp.units, { drive });
    await clearAndTurnOff();
    held.before = await readSettled(service.url);
    for (const { set_bytes, units } of sizes) {
      await turnOn(set_bytes);
      await sendRequests(service.url, units, { drive });
      held.after.push(await readSettled(service.url));
    }
    await clearAndTurnOff();
    held.cleared = await readSettled(service.url);
  }, 90_000);

  it.each(sizes)(`keeps $set_bytes bytes of each ${unit}, within 15 %`, (size) => {
    const at = sizes.indexOf(size);
    const grown_bytes = (held.after[at] ?? Number.NaN) - (held.after[at - 1] ?? held.before);
    const ratio = grown_bytes / size.units / size.set_bytes;
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  it('gives everything back when it is cleared and off', () => {
    expect((held.after.at(-1) ?? 0) - held.before).toBeGreaterThan(12 * megabyte);
    expect(Math.abs(held.cleared - held.before)).toBeLessThan(5 * megabyte);
  });

  if (drive.body === 'large')
    it('leaves less than 30 bytes of a small event', async () => {
      await turnOn(warmUp.set_bytes);
      const small = { ...drive, body: 'small' } as const;
      expect(await growthPerRequest(service.url, 8_000, { drive: small })).toBeLessThan(30);
      await clearAndTurnOff();
    });
});
