import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { incidentOf, isFalseAlarm, levels, mostSeed, seedFor } from '@leak-lab/incident';
import { describe, expect, it } from 'vitest';
import { places } from '../../../packages/course/src/drill/places.ts';
import { catalogue } from '../src/leaks/catalogue.ts';
import { begin, end, incidentRooms, none, path, refusal, stateOf } from './incident-room.ts';
import { get, growthPerRequest, post, sendRequests } from './load.ts';

const room = incidentRooms();

it('all that a seed can switch on is in the catalogue, of a size that it takes', () => {
  const known = new Map(catalogue.map((leak) => [leak.id, leak]));
  for (const level of levels) {
    for (let seed = 0; seed < 2_000; seed++) {
      for (const { id, bytes_per_request } of incidentOf(seed, level).leaks) {
        expect(known.has(id)).toBe(true);
        expect(isFalseAlarm(id)).toBe(known.get(id)?.control);
        expect(bytes_per_request).toBeGreaterThanOrEqual(known.get(id)?.least_bytes ?? 512);
        if (level === 0) expect(known.get(id)?.needs).toBeUndefined();
      }
    }
  }
});

it('what a drill takes for the unit of a leak is what the service has it grow by', () => {
  const leaks = catalogue.filter(({ control }) => !control);
  expect(Object.keys(places).sort()).toEqual(leaks.map(({ id }) => id).sort());
  const units = { event: 'reloads', connection: 'connections', time: 'time' } as const;
  for (const { id, unit, drive } of leaks) {
    const asked = drive.body === undefined ? 'requests' : 'events';
    const grows_by = unit === 'request' ? asked : units[unit];
    expect({ id, grows_by: places[id]?.grows_by }).toEqual({ id, grows_by });
  }
});

describe('an incident', () => {
  it('begins, says only that it runs, refuses what would tell, and ends', async () => {
    const { file, start } = room();
    const service = await start();
    await post(service.url, '/admin/leaks/cache', { enabled: true });
    expect(await stateOf(service)).toEqual(none);
    expect(await begin(service, 7)).toEqual({ running: true, started_at: expect.any(String) });
    const { running, started_at } = await stateOf(service);
    expect(running).toBe(true);
    expect(Math.abs(Date.now() - Date.parse(started_at ?? ''))).toBeLessThan(20_000);
    for (const [method, at, json] of [
      ['GET', '/admin/leaks/status'],
      ['POST', '/admin/leaks/cache', { enabled: false }],
      ['POST', '/admin/leaks/clear', { leak_type: 'all' }],
      ['POST', '/admin/reset', {}],
      ['POST', path, { seed: 8 }],
    ] as const) {
      const refused = await refusal(service, method, at, json);
      expect({ at, ...refused }).toMatchObject({ at, status: 409, code: 'incident_running' });
      expect(refused.message).toMatch(/An incident is running/);
    }
    const metrics = async () => (await fetch(`${service.url}/metrics`)).text();
    expect(await metrics()).not.toContain('leak_');
    expect(await get(service.url, '/admin/sample')).not.toHaveProperty('leaks');
    expect(readFileSync(file, 'utf8')).toBe('7\n');

    expect(await end(service)).toEqual(none);
    expect(await stateOf(service)).toEqual(none);
    expect(existsSync(file)).toBe(false);
    expect(await metrics()).toContain('leak_enabled{leak="cache"} 0');
    expect(await get(service.url, '/admin/sample')).toHaveProperty('leaks');
    expect(await end(service)).toEqual(none);
  });

  it('of a level keeps that beside its seed, over deaths', async () => {
    const { file, start } = room();
    const service = await start();
    const seed = seedFor(({ leaks, onset_seconds }) => leaks[0]?.id === 'cache' && onset_seconds === 0, {
      level: 1,
    });
    await post(service.url, path, { seed, level: 1 });
    expect(readFileSync(file, 'utf8')).toBe(`${seed} 1\n`);
    service.child.kill('SIGKILL');
    const second = await start();
    expect((await stateOf(second)).running).toBe(true);
    await sendRequests(second.url, 300);
    const { bytes_per_request = 0 } = incidentOf(seed, 1).leaks[0] ?? {};
    expect(Math.abs((await growthPerRequest(second.url, 800)) / bytes_per_request - 1)).toBeLessThan(0.15);
  });

  it('that needs another server is refused where there is none, before anything is changed', async () => {
    const { file, start } = room();
    const service = await start();
    const seed = seedFor(({ leaks }) => leaks[0]?.id === 'keys', { level: 1 });
    expect(await refusal(service, 'POST', path, { seed, level: 1 })).toMatchObject({
      status: 409,
      code: 'no_valkey',
      message: expect.stringContaining('apt install valkey-server'),
    });
    expect(await stateOf(service)).toEqual(none);
    expect(existsSync(file)).toBe(false);
  });

  it('is refused for what is no seed, and nothing is changed', async () => {
    const { file, start } = room();
    const service = await start();
    const seeds = [undefined, '7', 0.5, -1, mostSeed + 1, null].map((seed) => ({ seed }));
    for (const body of [undefined, [7], { seed: 7, leak: 'cache' }, { seed: 7, level: 4 }, ...seeds]) {
      expect({ body, ...(await refusal(service, 'POST', path, body)) }).toMatchObject({ body, status: 400 });
    }
    expect(await stateOf(service)).toEqual(none);
    expect(existsSync(file)).toBe(false);
  });

  it('is refused where it would not outlive the process', async () => {
    const { folder, start } = room();
    const homeless = await start({ INCIDENT_FILE: '' });
    expect(await refusal(homeless, 'POST', path, { seed: 7 })).toMatchObject({
      status: 503,
      code: 'no_incident_file',
    });
    writeFileSync(join(folder, 'incident'), 'a file where a folder is to be');
    const unwritable = await start();
    expect(await refusal(unwritable, 'POST', path, { seed: 7 })).toMatchObject({
      status: 503,
      code: 'incident_not_kept',
    });
    expect(await stateOf(unwritable)).toEqual(none);
    expect(await get(unwritable.url, '/admin/leaks/status')).toHaveProperty('leaks');
  });
});

it('a file that holds no incident is told, and the service is as without it', async () => {
  const { folder, start } = room();
  const file = join(folder, 'seed');
  writeFileSync(file, '47');
  const service = await start({ LEAKS: 'history', INCIDENT_FILE: file }, { stdout: 'pipe' });
  const log = text(service.child.stdout as Readable);
  expect(await stateOf(service)).toEqual(none);
  const { leaks } = await get<{ leaks: Record<string, unknown> }>(service.url, '/admin/leaks/status');
  expect(leaks['history']).toMatchObject({ enabled: true });
  const [kept = ''] = readdirSync(folder);
  expect(kept).toMatch(/^seed\.unreadable-/);
  await service.stop();
  expect(await log).toMatch(/the file of the incident is not one/);
  expect(await log).toContain(kept);
});
