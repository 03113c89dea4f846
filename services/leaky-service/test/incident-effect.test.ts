import { utimesSync } from 'node:fs';
import { incidentOf } from '@leak-lab/incident';
import { describe, expect, it, onTestFinished } from 'vitest';
import { places } from '../../../packages/course/src/drill/places.ts';
import { type RunningService, startUpstream } from '../../../test/support/processes.ts';
import { textOf } from './fix-list.ts';
import {
  atOnce,
  begin,
  bytesOf,
  end,
  incidentRooms,
  path,
  refusal,
  seedOf,
  stateOf,
} from './incident-room.ts';
import { get, growthPerRequest, post, readSettled, sendRequests } from './load.ts';
import { WorkRoom } from './work-room.ts';

const room = incidentRooms();

describe('what an incident is', () => {
  it('leaks what its seed says, after a kill as before it, and no more when it is over', async () => {
    const { start } = room();
    const seed = seedOf('history', atOnce);
    const first = await start();
    await sendRequests(first.url, 2_000);
    await begin(first, seed);
    await sendRequests(first.url, 300);
    const share = async ({ url }: RunningService) => (await growthPerRequest(url, 1_500)) / bytesOf(seed);
    expect(Math.abs((await share(first)) - 1)).toBeLessThan(0.15);
    const { started_at } = await stateOf(first);
    first.child.kill('SIGKILL');

    // What the operator wants to be on is on when no incident runs.
    const second = await start({ LEAKS: 'cache' });
    expect(await stateOf(second)).toEqual({ running: true, started_at });
    expect(await refusal(second, 'GET', '/admin/leaks/status')).toMatchObject({ status: 409 });
    await sendRequests(second.url, 2_000);
    expect(Math.abs((await share(second)) - 1)).toBeLessThan(0.15);

    const held = await readSettled(second.url);
    await end(second);
    expect((held - (await readSettled(second.url))) / bytesOf(seed)).toBeGreaterThan(3_000);
    await sendRequests(second.url, 1_000);
    expect(await growthPerRequest(second.url, 6_000)).toBeLessThan(20);
  }, 120_000);

  it('is not there before its onset, which is counted from its begin over all lives', async () => {
    const { file, start } = room();
    const seed = seedOf('cache', ({ onset_seconds }) => onset_seconds === 60);
    const early = await start();
    await sendRequests(early.url, 2_000);
    await begin(early, seed);
    await sendRequests(early.url, 500);
    expect((await growthPerRequest(early.url, 4_000)) / bytesOf(seed)).toBeLessThan(0.02);
    early.child.kill('SIGKILL');
    const ago = Date.now() / 1000 - 61;
    utimesSync(file, ago, ago);
    const late = await start();
    await sendRequests(late.url, 2_000);
    expect((await growthPerRequest(late.url, 1_000)) / bytesOf(seed)).toBeGreaterThan(0.85);
  }, 60_000);

  it('comes in a running process, too', async () => {
    const { start } = room();
    const seed = seedOf('cache', ({ onset_seconds }) => onset_seconds === 2);
    const service = await start();
    await begin(service, seed);
    const begun = await readSettled(service.url);
    await expect
      .poll(
        async () => {
          await sendRequests(service.url, 200);
          return (await readSettled(service.url)) - begun;
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(1_000 * bytesOf(seed));
  });

  it('makes the upstream slow where jobs are to wait, whenever that is there, and as it was at the end', async () => {
    const { start } = room();
    const late = await startUpstream();
    await late.stop();
    const service = await start({ UPSTREAM_URL: late.url });
    const seed = seedOf('closures', atOnce);
    await begin(service, seed);
    const again = await startUpstream({ env: { PORT: new URL(late.url).port } });
    onTestFinished(async () => {
      await again.stop();
    });
    const latency = async () => (await get<{ latency_ms: number }>(again.url, '/settings')).latency_ms;
    const usual = await latency();
    await expect.poll(latency, { timeout: 10_000 }).toBe(incidentOf(seed).upstream?.latency_ms);
    await end(service);
    expect(await latency()).toBe(usual);
  });
});

describe('what is done to the service in an incident', () => {
  const act = (service: RunningService, how: 'off' | 'mend', file: string) =>
    refusal(service, 'POST', `${path}/${how}`, { file });
  /** Bytes of each request that stay, of an incident that is there at once. */
  const growth = ({ url }: RunningService) => growthPerRequest(url, 1_200);

  it('is answered alike for each feature, and only what leaked is flat by it', async () => {
    const { start } = room();
    const service = await start();
    const seed = seedOf('history', atOnce);
    await begin(service, seed);
    await sendRequests(service.url, 300);
    expect(await act(service, 'off', 'response-cache.ts')).toMatchObject({ status: 200 });
    expect(await growth(service)).toBeGreaterThan(0.8 * bytesOf(seed));
    expect(await act(service, 'off', 'request-history.ts')).toMatchObject({ status: 200 });
    expect(await growth(service)).toBeLessThan(0.1 * bytesOf(seed));
    await end(service);
  });

  it('by the learner’s code is flat where that is right, leaks on where it is not, and is refused where it does not load', async () => {
    const { start } = room();
    const work = new WorkRoom('request-history.ts');
    onTestFinished(() => work.end());
    const as = (name: string) => work.write(textOf({ id: 'history', name }, work.file));
    const service = await start({ WORK_DIRECTORY: work.directory });
    const seed = seedOf('history', atOnce);
    await begin(service, seed);
    await sendRequests(service.url, 300);
    const mend = () => act(service, 'mend', 'request-history.ts');
    as('wrong-only-slows');
    expect(await mend()).toMatchObject({ status: 200 });
    expect(await growth(service)).toBeGreaterThan(0.2 * bytesOf(seed));
    as('broken-does-not-parse');
    expect(await mend()).toMatchObject({ status: 422, code: 'code_does_not_load' });
    expect(await growth(service)).toBeGreaterThan(0.2 * bytesOf(seed));
    as('right-ring');
    expect(await mend()).toMatchObject({ status: 200 });
    await sendRequests(service.url, 300);
    expect(await growth(service)).toBeLessThan(150);
    await end(service);
    await post(service.url, '/admin/leaks/history', { enabled: true });
    expect(await growth(service)).toBeGreaterThan(5_000);
  });

  it('is refused for what is no feature, and where no incident runs; nothing is changed', async () => {
    const { start } = room();
    const service = await start();
    for (const how of ['off', 'mend'] as const) {
      expect(await act(service, how, 'response-cache.ts')).toMatchObject({
        status: 409,
        code: 'no_incident',
      });
    }
    await begin(service, 7);
    for (const how of ['off', 'mend'] as const) {
      const refused = await act(service, how, 'cache');
      expect(refused).toMatchObject({ status: 400, code: 'unknown_feature' });
      for (const { file } of Object.values(places)) expect(refused.message).toContain(file);
    }
    expect((await stateOf(service)).running).toBe(true);
  });
});
