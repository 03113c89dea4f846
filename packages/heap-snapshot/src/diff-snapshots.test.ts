import { createReadStream, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { diffSnapshots, openSnapshot, type Progress, retainingPaths } from './index.ts';
import { takeSnapshots } from './testing/take-snapshots.ts';
import { type TinyNode, tinyBytes } from './testing/tiny-snapshot.ts';

const taken = takeSnapshots(`
  class Kept { constructor(id) { this.id = id; this.text = 'kept ' + id + ' ' + Math.random(); } }
  class Gone { constructor(id) { this.id = id; } }
  class Keeper { constructor() { this.kept = []; this.gone = new Set(); this.byName = new Map(); } }
  const keeper = globalThis.keeper = new Keeper();
  const weak = globalThis.weak = new WeakMap();
  const counters = globalThis.counters = new Map();
  const seen = globalThis.seen = new Set();
  const listen = new (require('node:events'))();
  globalThis.listen = listen;
  listen.setMaxListeners(0);
  const more = (count) => {
    for (let id = 0; id < count; id++) {
      keeper.kept.push(new Kept(id));
      keeper.byName.set('name ' + keeper.kept.length, keeper.kept.at(-1));
      weak.set(keeper.kept.at(-1), { of: id });
      counters.set('counter ' + keeper.kept.length, id);
      seen.add({ id });
      if (id % 10 === 0) listen.on('tick', () => id);
    }
  };
  more(100);
  for (let id = 0; id < 50; id++) keeper.gone.add(new Gone(id));
  take(); more(200); keeper.gone.clear(); take(); more(300); take();
`);
const other = takeSnapshots(
  'class Other {}; globalThis.all = Array.from({ length: 9 }, () => new Other()); take()',
);
afterAll(() => {
  for (const { folder } of [taken, other]) rmSync(folder, { recursive: true });
});
const [a, b, c] = taken.files as [string, string, string];

describe('a diff of two', () => {
  it('counts new and deleted objects of each class', async () => {
    const { classes, same_process, warnings } = await diffSnapshots([a, b]);
    expect(same_process).toBe(true);
    expect(warnings).toEqual([]);
    const kept = classes.find(({ name }) => name === 'Kept');
    expect(kept).toMatchObject({
      count_delta: 200,
      added: { count: 200 },
      deleted: { count: 0 },
      trend: 'grew',
    });
    expect(kept?.sizes.map(({ count }) => count)).toEqual([100, 300]);
    // V8 keeps the last one of a cleared set for a while.
    expect(classes.find(({ name }) => name === 'Gone')?.deleted.count).toBeGreaterThanOrEqual(49);
    const keeper = classes.find(({ name }) => name === 'Keeper');
    expect(keeper?.grown.count).toBe(1);
    expect(keeper?.retained_bytes_delta).toBeGreaterThan(200 * 50);
  });

  it('says how they are held, and what collections grew', async () => {
    const { paths, growing } = await diffSnapshots([a, b], { paths: ['Kept'] });
    const [cluster] = paths[0]?.clusters ?? [];
    expect(paths[0]).toMatchObject({ name: 'Kept', count: 200, unreachable: 0 });
    expect(cluster).toMatchObject({ count: 200, share: 1 });
    expect(cluster?.steps.slice(-2).map(({ holder, edge }) => holder + edge)).toEqual([
      'Keeper.kept',
      expect.stringMatching(/^Array\[\d+\]$/),
    ]);
    const grown = growing.map(({ owner, entries }) => [owner, ...entries]);
    expect(grown).toContainEqual(['Keeper.kept', 100, 300]);
    expect(grown).toContainEqual(['Keeper.byName', 100, 300]);
    expect(grown).toContainEqual([expect.stringMatching(/weak$/), 100, 300]);
    expect(grown).toContainEqual([expect.stringMatching(/counters$/), 100, 300]);
    expect(grown).toContainEqual([expect.stringMatching(/seen$/), 100, 300]);
    expect(growing.find(({ kind }) => kind === 'listeners')?.entries).toEqual([10, 30]);
  });

  it("finds paths for classes with new objects, the program's before the engine's own", async () => {
    const { classes, paths } = await diffSnapshots([a, b], { paths: 400 });
    const isNew = (name: string) => classes.some((each) => each.name === name && each.added.count > 0);
    const firstOfEngine = paths.findIndex(({ name }) => name.startsWith('('));
    const firstNotNew = paths.findIndex(({ name }) => !isNew(name));
    const kept = paths.findIndex(({ name }) => name === 'Kept');
    expect([kept, firstOfEngine, firstNotNew].every((at) => at >= 0)).toBe(true);
    expect(kept).toBeLessThan(firstOfEngine);
    expect(firstOfEngine).toBeLessThan(firstNotNew);
    expect(paths.slice(firstOfEngine, firstNotNew).every(({ name }) => /^\(|^system /.test(name))).toBe(true);
  });

  it('names the place of a constructor', async () => {
    const { classes } = await diffSnapshots([a, b]);
    expect(classes.find(({ name }) => name === 'Kept')?.location).toMatchObject({
      script: '[eval]',
      line: 6,
    });
  });

  it('is the same from gzip, zstd, a stream and bytes, in one thread or two, blocking or not', async () => {
    const plain = await diffSnapshots([a, b], { top: 20, paths: 2 });
    writeFileSync(`${a}.gz`, gzipSync(readFileSync(a), { level: 1 }));
    writeFileSync(`${b}.zst`, zstdCompressSync(readFileSync(b)));
    const without = ({ snapshots, ...rest }: typeof plain) => ({
      ...rest,
      nodes: snapshots.map((each) => each.node_count),
    });
    const packed = await diffSnapshots([`${a}.gz`, `${b}.zst`], { top: 20, paths: 2, memory: 'low' });
    expect(without(packed)).toEqual(without(plain));
    const streamed = await diffSnapshots([createReadStream(a), readFileSync(b)], {
      ...{ top: 20, paths: 2, memory: 'fast', thread: 'caller' },
    });
    expect(without(streamed)).toEqual(without(plain));
  });

  it('knows snapshots of two processes and compares their classes', async () => {
    const { same_process, warnings, classes, growing } = await diffSnapshots([a, other.files[0] as string]);
    expect(same_process).toBe(false);
    expect(warnings[0]).toMatch(/different processes/);
    expect(classes.find(({ name }) => name === 'Other')).toMatchObject({
      count_delta: 9,
      added: { count: 9 },
    });
    expect(growing).toEqual([]);
  });

  it('counts classes alone, without edges', async () => {
    const { classes, paths } = await diffSnapshots([a, b], { classesOnly: true });
    expect(paths).toEqual([]);
    expect(classes.find(({ name }) => name === 'Kept')).toMatchObject({
      count_delta: 200,
      retained_bytes_delta: null,
    });
  });
});

describe('a diff of three', () => {
  it('finds what came with the second and survived to the last, and how classes went', async () => {
    const { classes } = await diffSnapshots([a, b, c]);
    const kept = classes.find(({ name }) => name === 'Kept');
    expect(kept?.survivors?.count).toBe(200);
    expect(kept?.sizes.map(({ count }) => count)).toEqual([100, 300, 600]);
    expect(kept?.trend).toBe('grew');
    expect(classes.find(({ name }) => name === 'Gone')?.trend).toBe('noisy');
  });
});

describe('work off the thread', () => {
  it('ends when aborted, with the reason', async () => {
    const controller = new AbortController();
    const work = diffSnapshots([a, b], { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });

  it('tells its progress, which only rises', async () => {
    const seen: Progress[] = [];
    await diffSnapshots([a, b], { onProgress: (progress) => seen.push(progress) });
    const ratios = seen.map(({ ratio }) => ratio);
    expect(ratios.length).toBeGreaterThan(0);
    expect(ratios).toEqual(ratios.toSorted((x, y) => x - y));
    expect(Math.max(...ratios)).toBeLessThanOrEqual(1);
  });
});

describe('one snapshot', () => {
  it.each(['worker', 'caller'] as const)(
    'lists classes and objects, and their paths (%s)',
    async (thread) => {
      await using snapshot = await openSnapshot(c, { thread });
      const kept = snapshot.classes().find(({ name }) => name === 'Kept');
      expect(kept?.count).toBe(600);
      const [object] = await snapshot.objectsOf('Kept', 1);
      expect(object).toMatchObject({ class_name: 'Kept', type: 'object' });
      expect(await snapshot.object(object?.id ?? 0)).toEqual(object);
      const { clusters } = await retainingPaths(snapshot, { ids: [object?.id ?? 0] });
      expect(clusters[0]?.steps.at(-2)).toMatchObject({ holder: 'Keeper' });
      await snapshot.close();
      await expect(snapshot.objectsOf('Kept')).rejects.toThrow('was closed');
    },
  );

  it.each([
    ['a key of prototypes', '__proto__'],
    ['an emoji', '\u{1F4A5}'],
    ['half of one', 'a\ud800b'],
    ['quotes and backslashes', '"\\"\\'],
    ['control characters', 'a\u001b[31m\n\u0000'],
    ['five megabytes', 'x'.repeat(5_000_000)],
  ])('keeps %s as it is in a name', async (_, name) => {
    const nodes: TinyNode[] = [
      { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
      { type: 'object', name, size: 8, edges: [2, 3].map((to) => ({ type: 'property', name: 'a', to })) },
      { type: 'object', name: 'Object', size: 8, edges: [{ type: 'property', name, to: 1 }] },
      { type: 'object', name: 'Object', size: 8, edges: [{ type: 'property', name, to: 1 }] },
    ];
    await using snapshot = await openSnapshot(tinyBytes(nodes));
    const names = snapshot.classes().map((each) => each.name);
    expect(names).toContain(name);
    expect(names).toContain(
      name === '__proto__' ? 'Object' : `{${/[,'"{}]/.test(name) ? JSON.stringify(name) : name}}`,
    );
  });
});
