import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningService, startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import { catalogue } from '../src/leaks/catalogue.ts';
import { growthPerRequest, keepCode, post, sendRequests } from './load.ts';

const warmUp = 2_000;
const requests = 20_000;
const most_bytes = 20;

let upstream: RunningService;
let service: RunningService;
beforeAll(async () => {
  upstream = await startUpstream();
  const env = { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn' };
  service = await startLeakyService({ env, nodeFlags: [keepCode] });
  await sendRequests(service.url, warmUp);
});
afterAll(() => Promise.all([service.stop(), upstream.stop()]));

it(`keeps less than ${most_bytes} bytes of a request while nothing is on`, async () => {
  expect(await growthPerRequest(service.url, requests)).toBeLessThan(most_bytes);
});

it.each(catalogue.filter(({ unit }) => unit === 'request'))(
  `keeps less than ${most_bytes} bytes of a request with the fixed $id`,
  async ({ id }) => {
    await post(service.url, `/admin/leaks/${id}`, { enabled: true, variant: 'fixed' });
    await sendRequests(service.url, warmUp);
    expect(await growthPerRequest(service.url, requests)).toBeLessThan(most_bytes);
    await post(service.url, `/admin/leaks/${id}`, { enabled: false });
  },
);
