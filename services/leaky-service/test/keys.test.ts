/** The leak that grows elsewhere: against a real server, which dies, hangs and fills up. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';
import { hasValkey, type RunningValkey, startValkey } from '../../../test/support/valkey.ts';
import { get, growthPerRequest, keepCode, post, sendRequests } from './load.ts';
import { byRequest } from './trials.ts';

const megabyte = 2 ** 20;
const most_bytes = 20;
const patience = { timeout: 15_000, interval: 50 };
/** Sessions end soon, so that nobody waits for it. */
const session_seconds = 1;

const missing = hasValkey ? '' : ' (not run: neither valkey-server nor redis-server is on this machine)';

describe.runIf(hasValkey)(`keys${missing}`, () => {
  let valkey: RunningValkey;
  let service: RunningService;
  const turnOn = (more: object = {}) => post(service.url, '/admin/leaks/keys', { enabled: true, ...more });
  const clear = () => post(service.url, '/admin/leaks/clear', { leak_type: 'keys' });
  const used_bytes = async () => (await valkey.usage()).used_memory_bytes;
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const line = text.split('\n').find((line) => line.startsWith(`${name} `));
    return Number(line?.slice(name.length) ?? Number.NaN);
  };
  const ended = (outcome: string) => metric(`valkey_commands_total{outcome="${outcome}"}`);
  /** Sends some requests and returns how long they took together. */
  const send = async (amount: number): Promise<number> => {
    const begun = performance.now();
    await sendRequests(service.url, amount);
    return performance.now() - begun;
  };

  beforeAll(async () => {
    valkey = await startValkey();
    const env = { VALKEY_URL: valkey.url, SESSION_SECONDS: String(session_seconds), LOG_LEVEL: 'silent' };
    service = await startLeakyService({ env, nodeFlags: [keepCode] });
    await turnOn({ bytes_per_request: byRequest.warmUp.set_bytes });
    await sendRequests(service.url, byRequest.warmUp.units);
  });
  afterAll(() => Promise.all([service?.stop(), valkey?.stop()]));

  it.each(byRequest.sizes)('keeps $set_bytes bytes of each request in Valkey, within 15 %', async (size) => {
    await turnOn({ bytes_per_request: size.set_bytes });
    const before = await used_bytes();
    await sendRequests(service.url, size.units);
    const ratio = ((await used_bytes()) - before) / size.units / size.set_bytes;
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  it(`keeps less than ${most_bytes} bytes of each in the service itself`, async () => {
    await turnOn({ bytes_per_request: 1_024 });
    expect(await growthPerRequest(service.url, 6_000)).toBeLessThan(most_bytes);
  });

  it('tells by its metrics and in its samples what Valkey says of itself', async () => {
    const { keys } = await valkey.usage();
    await expect.poll(() => metric('valkey_keys'), patience).toBe(keys);
    expect(await metric('valkey_up')).toBe(1);
    expect(await metric('valkey_keys_with_expiry')).toBe(0);
    expect(await metric('valkey_maxmemory_bytes')).toBe(512 * megabyte);
    expect(Math.abs((await metric('valkey_used_memory_bytes')) - (await used_bytes()))).toBeLessThan(
      megabyte,
    );
    const { remote } = await get<{ remote: object }>(service.url, '/admin/sample');
    expect(remote).toMatchObject({
      keys,
      used_memory_bytes: expect.any(Number),
      limit_bytes: 512 * megabyte,
    });
    const { leaks } = await get<{ leaks: Record<string, object> }>(service.url, '/admin/leaks/status');
    expect(leaks['keys']).toMatchObject({ enabled: true, entries: keys, memory: 'remote' });
  });

  it('in blind mode the metrics are there from the start, whatever is on, and name no leak', async () => {
    const blind = await startLeakyService({
      env: { VALKEY_URL: valkey.url, BLIND: 'true', LOG_LEVEL: 'silent' },
    });
    const text = async () => (await fetch(`${blind.url}/metrics`)).text();
    await expect.poll(text, patience).toMatch(/^valkey_up 1$/m);
    expect(await text()).not.toMatch(/^leak_/m);
    await blind.stop();
  });

  it('gives everything back when it is cleared, and touches nothing of others', async () => {
    await valkey.client.set('cart:1', 'not of the service');
    await clear();
    const before = await used_bytes();
    await turnOn({ bytes_per_request: 16_384 });
    await sendRequests(service.url, 1_000);
    expect((await used_bytes()) - before).toBeGreaterThan(12 * megabyte);
    expect(await clear()).toMatchObject({ leaks: { keys: { entries: 1 } } });
    expect(await valkey.client.keys('*')).toEqual(['cart:1']);
    expect(Math.abs((await used_bytes()) - before)).toBeLessThan(megabyte);
    await valkey.client.del('cart:1');
  });

  it('fills Valkey up to its limit: then writes are refused, counted, and requests answered all the same', async () => {
    await valkey.client.config('SET', 'maxmemory', String((await used_bytes()) + 4 * megabyte));
    await turnOn({ bytes_per_request: 51_200 });
    await sendRequests(service.url, 200);
    expect(await ended('full')).toBeGreaterThan(100);
    expect((await valkey.usage()).keys).toBeLessThan(100);
    await clear();
    await valkey.client.config('SET', 'maxmemory', String(512 * megabyte));
  });

  describe('the fixed one', () => {
    beforeAll(() => turnOn({ variant: 'fixed', bytes_per_request: 1_024 }));
    afterAll(() => turnOn({ variant: 'leaky' }));
    const untilEmpty = () => expect.poll(async () => (await valkey.usage()).keys, patience).toBe(0);

    it(`leaves less than ${most_bytes} bytes of a request when its session is over`, async () => {
      await sendRequests(service.url, 1_500);
      await untilEmpty();
      const before = await used_bytes();
      await sendRequests(service.url, 1_500);
      expect((await valkey.usage()).keys_with_expiry).toBeGreaterThan(0);
      await untilEmpty();
      expect(((await used_bytes()) - before) / 1_500).toBeLessThan(most_bytes);
    });

    it('finds what was written without an end, and ends it: at once where nobody asks for it, else in time', async () => {
      const { client } = valkey;
      await client.mset(
        Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`session:old-${n}`, 'cart'])),
      );
      await client.set('cart:1', 'not of the service');
      const left = async () => {
        await sendRequests(service.url, 1);
        return (await client.keys('session:old-*')).length;
      };
      await expect.poll(left, patience).toBe(0);
      expect(await client.ttl('cart:1')).toBe(-1);
      await client.del('cart:1');
    });

    it('lets a session end only some time after its last request', async () => {
      const headers = { cookie: 'theme=dark; session=0123456789abcdef' };
      for (let request = 0; request < 2; request += 1) await fetch(`${service.url}/api/data`, { headers });
      expect(await valkey.client.keys('session:0123456789abcdef')).toHaveLength(1);
      expect(await valkey.client.ttl('session:0123456789abcdef')).toBeGreaterThan(0);
    });
  });

  describe('a Valkey', () => {
    it('that hangs costs a few requests half a second, the others nothing, and is used again when it goes on', async () => {
      await send(100);
      valkey.child.kill('SIGSTOP');
      try {
        expect(await send(400)).toBeLessThan(3_000);
        await expect.poll(() => metric('valkey_up'), patience).toBe(0);
        expect(await send(200)).toBeLessThan(1_000);
        expect(await ended('timeout')).toBeGreaterThan(0);
        expect(await ended('unavailable')).toBeGreaterThan(200);
        expect(await metric('valkey_keys')).toBeNaN();
      } finally {
        valkey.child.kill('SIGCONT');
      }
      await expect.poll(() => metric('valkey_up'), patience).toBe(1);
      const before = await ended('success');
      await send(10);
      expect((await ended('success')) - before).toBe(10);
    });

    it('that dies is done without, and one in its place is used', async () => {
      await valkey.stop();
      expect(await send(200)).toBeLessThan(1_500);
      await expect.poll(() => metric('valkey_up'), patience).toBe(0);
      const again = post(service.url, '/admin/leaks/keys', { enabled: true, bytes_per_request: 4_096 });
      await expect(again).rejects.toThrow(/409[\s\S]*valkey_unreachable/);
      const state = await get<{ leaks: Record<string, object> }>(service.url, '/admin/leaks/status');
      expect(state.leaks['keys']).toMatchObject({ enabled: true, bytes_per_request: 1_024, entries: 0 });
      valkey = await startValkey({ port: valkey.port });
      await expect.poll(() => metric('valkey_up'), patience).toBe(1);
      await send(50);
      expect((await valkey.usage()).keys).toBe(50);
    });
  });
});

describe.concurrent('without a Valkey', () => {
  const start = (env: Record<string, string>) => startLeakyService({ env: { LOG_LEVEL: 'silent', ...env } });
  const turnOn = (url: string) =>
    fetch(`${url}/admin/leaks/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"enabled":true,"bytes_per_request":2048}',
    });

  it.each([
    ['no_valkey', {}, /VALKEY_URL[\s\S]*docker compose --profile keys up -d[\s\S]*apt install/],
    [
      'valkey_unreachable',
      { VALKEY_URL: 'redis://user:hidden@127.0.0.1:9/3' },
      /redis:\/\/127\.0\.0\.1:9\/3; got: [\s\S]*docker compose/,
    ],
  ])('it stays off and says how to get one: %s', async (code, env, words) => {
    const service = await start(env);
    const answer = await turnOn(service.url);
    const text = await answer.text();
    expect([answer.status, JSON.parse(text).error.code]).toEqual([409, code]);
    expect(JSON.parse(text).error.message).toMatch(words);
    expect(text).not.toContain('hidden');
    const asked = await fetch(`${service.url}/admin/valkey`);
    expect([asked.status, ((await asked.json()) as { error: { code: string } }).error.code]).toEqual([
      409,
      code,
    ]);
    const { leaks } = await get<{ leaks: Record<string, object> }>(service.url, '/admin/leaks/status');
    expect(leaks['keys']).toMatchObject({ enabled: false, bytes_per_request: 16_384 });
    expect(await (await fetch(`${service.url}/metrics`)).text()).not.toMatch(/^valkey_(up|keys)/m);
    await service.stop();
  });

  it('cannot be on from the start', async () => {
    const env = { LOG_LEVEL: 'silent', LEAKS: 'keys' };
    await expect(startLeakyService({ env, stderr: 'pipe' })).rejects.toThrow('ended with code 1');
  });
});
