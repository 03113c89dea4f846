import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';
import { get } from './load.ts';

interface Description {
  readonly paths: Record<string, Record<string, { responses: Record<string, { headers?: object }> }>>;
}

/** Without a folder for anything and with nobody beside it, for all that leaves nothing in it. */
let bare: RunningService;
beforeAll(async () => {
  bare = await startLeakyService({ env: { LOG_LEVEL: 'silent', UPSTREAM_URL: 'http://127.0.0.1:9' } });
});
afterAll(() => bare.stop());

async function start(env: Record<string, string> = {}): Promise<string> {
  const service = await startLeakyService({ env: { LOG_LEVEL: 'silent', ...env } });
  onTestFinished(async () => {
    await service.stop();
  });
  return service.url;
}

const json = (method: string, body: string, type = 'application/json'): RequestInit => ({
  method,
  body,
  headers: { 'content-type': type },
});

/** Asks, expects that status and that the description of the route (`template`) tells it. */
async function expectTold(
  url: string,
  path: string,
  status: number,
  init: RequestInit = {},
  template = path,
) {
  const method = init.method ?? 'GET';
  const answer = await fetch(url + path, init);
  await answer.body?.cancel();
  expect([method, path, answer.status]).toEqual([method, path, status]);
  await expectDescribed(url, method, template.split('?', 1)[0] ?? '', status);
}

async function expectDescribed(url: string, method: string, template: string, status: number) {
  const { paths } = await get<Description>(url, '/openapi.json');
  const described = paths[template]?.[method.toLowerCase()]?.responses[status];
  expect(described, `${method} ${template} tells of ${status}`).toBeDefined();
  expect(described && 'headers' in described).toBe(status === 429);
}

it('tells how reading and checking of requests ends', async () => {
  const { url } = bare;
  await expectTold(url, '/admin/leaks/cash', 404, json('POST', '{"enabled":true}'), '/admin/leaks/{id}');
  const leak = (body: string, type?: string) => json('POST', body, type);
  for (const [status, init] of [
    [200, leak('{"enabled":false}')],
    [400, leak('{')],
    [413, leak(' '.repeat(200_000))],
    [415, leak('<a/>', 'text/xml')],
    [403, { ...leak('{}'), headers: { origin: 'http://elsewhere.example' } }],
  ] as const) {
    await expectTold(url, '/admin/leaks/cache', status, init, '/admin/leaks/{id}');
  }
  await expectTold(url, '/admin/leaks/keys', 409, leak('{"enabled":true}'), '/admin/leaks/{id}');
  await expectTold(url, '/admin/leaks/clear', 404, leak('{"leak_type":"cash"}'));
  await expectTold(url, '/admin/memory/diff?keep=1', 400);
});

it('tells who may ask', async () => {
  const service = await startLeakyService({ env: { LOG_LEVEL: 'silent', ADMIN_TOKEN: 'a long enough one' } });
  onTestFinished(async () => {
    await service.stop();
  });
  await expectTold(service.url, '/admin/memory', 401);
});

it('tells how a profile is refused', async () => {
  const { url } = bare;
  const leaving = new AbortController();
  const recording = fetch(`${url}/admin/heap/allocations?seconds=300`, { signal: leaving.signal });
  recording.catch(() => undefined);
  await vi.waitFor(async () =>
    expect(await get(url, '/admin/memory/snapshot')).toMatchObject({ recording: true }),
  );
  for (const path of ['/admin/memory/diff', '/admin/heap/profile', '/admin/heap/allocations?seconds=1']) {
    await expectTold(url, path, 429);
  }
  leaving.abort();
  const unprofiled = await start({ PROFILE_INTERVAL_BYTES: '0' });
  for (const path of ['/admin/memory/snapshot', '/admin/memory/diff', '/admin/heap/profile']) {
    await expectTold(unprofiled, path, 503);
  }
});

it('tells how a snapshot ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-openapi-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const url = await start({ SNAPSHOT_DIRECTORY: folder });
  const answers = await Promise.all(
    [1, 2].map(() => fetch(`${url}/admin/heap/snapshot`, json('POST', '{}'))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 429]);
  for (const status of [201, 429]) await expectDescribed(url, 'POST', '/admin/heap/snapshot', status);
  const tight = await start({ SNAPSHOT_DIRECTORY: folder, MEMORY_LIMIT_BYTES: String(2 ** 20) });
  await expectTold(tight, '/admin/heap/snapshot', 409, json('POST', '{}'));
  await expectTold(tight, '/admin/heap/snapshot', 409);
  await expectTold(bare.url, '/admin/heap/snapshot', 503, json('POST', '{}'));
  writeFileSync(join(folder, 'file'), '');
  const unwritable = await start({ SNAPSHOT_DIRECTORY: join(folder, 'file') });
  await expectTold(unwritable, '/admin/heap/snapshot', 503);
});

it('tells how an incident is refused, and what it refuses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-openapi-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const url = await start({ INCIDENT_FILE: join(folder, 'seed') });
  for (const status of [200, 409]) {
    await expectTold(url, '/admin/incident', status, json('POST', '{"seed":7}'));
  }
  await expectTold(url, '/admin/leaks/status', 409);
  await expectTold(url, '/admin/leaks/cache', 409, json('POST', '{"enabled":true}'), '/admin/leaks/{id}');
  await expectTold(url, '/admin/leaks/clear', 409, json('POST', '{"leak_type":"all"}'));
  await expectTold(url, '/admin/reset', 409, json('POST', '{}'));
  await expectTold(url, '/admin/incident', 200);
  await expectTold(url, '/admin/incident', 200, { method: 'DELETE' });
  await expectTold(bare.url, '/admin/incident', 503, json('POST', '{"seed":7}'));
});

it("tells how the learner's code is refused", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-openapi-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const learner = json('POST', '{"enabled":true,"variant":"learner"}');
  const url = await start({ WORK_DIRECTORY: folder });
  await expectTold(url, '/admin/leaks/cache', 422, learner, '/admin/leaks/{id}');
  await expectTold(bare.url, '/admin/leaks/cache', 503, learner, '/admin/leaks/{id}');
  await expectTold(url, '/admin/work', 200);
});

it('tells that others may not be there', async () => {
  await expectTold(bare.url, '/admin/upstream', 502);
  await expectTold(bare.url, '/admin/heap/diff', 503);
});
