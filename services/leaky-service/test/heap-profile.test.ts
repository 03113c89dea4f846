import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningService, startLeakyService } from '../../../test/support/processes.ts';
import { searchLeak } from './leak-search.ts';
import { get, post, sendRequests } from './load.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startLeakyService({ env: { LOG_LEVEL: 'warn' } });
});
afterAll(() => service.stop());

const fetchBytes = async (path: string, headers: Record<string, string> = {}): Promise<Buffer> =>
  Buffer.from(await (await fetch(service.url + path, { headers })).arrayBuffer());

interface Node {
  readonly callFrame: object;
  readonly selfSize: number;
  readonly id: number;
  readonly children: readonly Node[];
}
/** The protocol's `HeapProfiler.SamplingHeapProfile`, which is what DevTools reads. */
const node: v.GenericSchema<Node> = v.object({
  callFrame: v.strictObject({
    functionName: v.string(),
    scriptId: v.string(),
    url: v.string(),
    lineNumber: v.pipe(v.number(), v.integer()),
    columnNumber: v.pipe(v.number(), v.integer()),
  }),
  selfSize: v.pipe(v.number(), v.minValue(0)),
  id: v.pipe(v.number(), v.integer()),
  children: v.array(v.lazy(() => node)),
});
const heapProfile = v.strictObject({
  head: node,
  samples: v.array(v.strictObject({ size: v.number(), nodeId: v.number(), ordinal: v.number() })),
});

const sizeOf = (tree: Node): number =>
  tree.children.reduce((sum, child) => sum + sizeOf(child), tree.selfSize);

it.each(['/admin/heap/profile', '/admin/heap/allocations?seconds=1&format=heapprofile'])(
  'gives a .heapprofile as DevTools reads it: %s',
  async (path) => {
    const load = sendRequests(service.url, 500);
    const answer = await fetch(service.url + path);
    await load;
    expect(answer.headers.get('content-disposition')).toMatch(/filename="heap-.*\.heapprofile"/);
    const { head, samples } = v.parse(heapProfile, await answer.json());
    expect(samples.reduce((sum, { size }) => sum + size, 0)).toBe(sizeOf(head));
    expect(samples.length).toBeGreaterThan(0);
  },
);

it('gives a pprof to whoever accepts its type or asks for it', async () => {
  await searchLeak(service.url, 'history', 200);
  for (const [query, headers] of [
    ['?format=pprof', {}],
    ['', { accept: 'application/x-protobuf' }],
  ] as const) {
    const { sample, stringTable, sampleType, period } = Profile.decode(
      gunzipSync(await fetchBytes(`/admin/heap/profile${query}`, headers)),
    );
    expect(sampleType.map(({ type }) => stringTable.strings[Number(type)])).toEqual([
      'inuse_objects',
      'inuse_space',
    ]);
    expect(sample.length).toBeGreaterThan(0);
    expect(Number(period)).toBe(262_144);
  }
});

const hasGo = spawnSync('go', ['version']).status === 0;

it.skipIf(!hasGo)(
  'is read by go tool pprof, also as the difference of two',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pprof-'));
    try {
      const [before, after] = [join(folder, 'before.pb.gz'), join(folder, 'after.pb.gz')];
      writeFileSync(before, await fetchBytes('/admin/heap/profile?format=pprof'));
      await searchLeak(service.url, 'history', 1_000);
      writeFileSync(after, await fetchBytes('/admin/heap/profile?format=pprof'));
      // Go builds the tool where it was never used: half a minute in which the service must not be left unread.
      const top = async (...args: string[]) =>
        (await promisify(execFile)('go', ['tool', 'pprof', '-symbolize=none', '-top', ...args, after]))
          .stdout;
      const difference = await top('-cum', '-sample_index=inuse_space', '-base', before);
      expect(difference).toMatch(/Type: inuse_space/);
      expect(difference).toMatch(/\d[kM]B .*pageOfOrders/);
      expect(await top('-sample_index=inuse_objects')).toMatch(/Type: inuse_objects/);
    } finally {
      rmSync(folder, { recursive: true });
      await post(service.url, '/admin/reset');
    }
  },
  240_000,
);

interface RecordingAnswer {
  readonly seconds: number;
  readonly total_size_mb: number;
  readonly by_line: readonly { readonly file: string; readonly size_mb: number }[];
}

it('records what is allocated in a span though it is dead, and takes one at a time', async () => {
  const recording = get<RecordingAnswer>(service.url, '/admin/heap/allocations?seconds=3');
  const recordingNow = async () =>
    (await get<{ recording: boolean }>(service.url, '/admin/memory/snapshot')).recording;
  await vi.waitFor(async () => expect(await recordingNow()).toBe(true));
  for (const path of ['/admin/heap/allocations?seconds=1', '/admin/memory/diff', '/admin/heap/profile']) {
    const refused = await fetch(service.url + path);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused.json()).toMatchObject({ error: { code: 'recording_under_way' } });
  }
  await sendRequests(service.url, 2_000);
  const { seconds, by_line } = await recording;
  expect(seconds).toBeGreaterThanOrEqual(3);
  // 2,000 pages of 1 KB and what belongs to them, of which nothing stays.
  const data = by_line.find(({ file }) => file === 'api/data.ts');
  expect(data?.size_mb).toBeGreaterThan(2);
  expect(await recordingNow()).toBe(false);
});

it('records no longer than somebody waits for it', async () => {
  const leaving = new AbortController();
  const abandoned = fetch(`${service.url}/admin/heap/allocations?seconds=300`, { signal: leaving.signal });
  abandoned.catch(() => undefined);
  const status = () => fetch(`${service.url}/admin/memory/diff`).then((answer) => answer.status);
  await vi.waitFor(async () => expect(await status()).toBe(429));
  leaving.abort();
  await vi.waitFor(async () => expect(await status()).toBe(200));
});

it('says that the baseline is gone after a recording', async () => {
  await get(service.url, '/admin/memory/diff');
  await get(service.url, '/admin/heap/allocations?seconds=1');
  expect(await get(service.url, '/admin/memory/diff')).toMatchObject({
    status: 'baseline_set',
    reason: expect.stringContaining('recorded'),
  });
});

it('answers with what it has when the service stops', async () => {
  const ending = await startLeakyService({ env: { LOG_LEVEL: 'warn' } });
  const recording = get<RecordingAnswer>(ending.url, '/admin/heap/allocations?seconds=300');
  await vi.waitFor(async () =>
    expect(await get(ending.url, '/admin/memory/snapshot')).toMatchObject({ recording: true }),
  );
  const began = performance.now();
  expect(await ending.stop()).toBe(0);
  expect((await recording).seconds).toBeLessThan(30);
  expect(performance.now() - began).toBeLessThan(3_000);
});

it.each([
  'seconds=0',
  'seconds=301',
  'seconds=1.5',
  'seconds=-1',
  'seconds=ten',
  'seconds=',
  'seconds=1&seconds=2',
  'second=5',
  'format=svg',
])('refuses ?%s', async (query) => {
  const answer = await fetch(`${service.url}/admin/heap/allocations?${query}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    error: { code: 'bad_request', message: expect.stringContaining('expected') },
  });
});

it.each(['/admin/memory/snapshot?gc=no', '/admin/memory/diff?keep=1', '/admin/heap/profile?format=json'])(
  'refuses %s',
  async (path) => {
    expect((await fetch(service.url + path)).status).toBe(400);
  },
);
