import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import { catalogue } from '../src/leaks/catalogue.ts';
import { growthPerRequest, keepCode, post, readHeld, sendRequests } from './load.ts';

const warmUp = 2_000;
const megabyte = 2 ** 20;
/** Bytes set for a request, and requests enough to tell 15 % of them from noise. */
const sizes = [
  { set_bytes: 1_024, requests: 4_000 },
  { set_bytes: 10_240, requests: 1_500 },
  { set_bytes: 51_200, requests: 600 },
];

let upstream: RunningService;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.stop());

describe.each(catalogue.filter(({ control, unit }) => !control && unit === 'request'))('$id', ({ id }) => {
  let service: RunningService;
  beforeAll(async () => {
    const env = { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn' };
    service = await startLeakyService({ env, nodeFlags: ['--max-old-space-size=512', keepCode] });
    await post(service.url, `/admin/leaks/${id}`, { enabled: true, bytes_per_request: 1_024 });
    await sendRequests(service.url, warmUp);
  });
  afterAll(() => service.stop());

  it.each(sizes)('keeps $set_bytes bytes of each request, within 15 %', async ({ set_bytes, requests }) => {
    await post(service.url, `/admin/leaks/${id}`, { enabled: true, bytes_per_request: set_bytes });
    const grown_bytes = await growthPerRequest(service.url, requests);
    expect(grown_bytes / set_bytes).toBeGreaterThan(0.85);
    expect(grown_bytes / set_bytes).toBeLessThan(1.15);
  });

  it('gives everything back when it is cleared and off', async () => {
    await post(service.url, '/admin/leaks/clear', { leak_type: id });
    await post(service.url, `/admin/leaks/${id}`, { enabled: false });
    const before = await readHeld(service.url);
    await post(service.url, `/admin/leaks/${id}`, { enabled: true, bytes_per_request: 16_384 });
    await sendRequests(service.url, 1_000);
    expect((await readHeld(service.url)) - before).toBeGreaterThan(12 * megabyte);
    await post(service.url, '/admin/leaks/clear', { leak_type: id });
    await post(service.url, `/admin/leaks/${id}`, { enabled: false });
    expect(Math.abs((await readHeld(service.url)) - before)).toBeLessThan(5 * megabyte);
  });
});
