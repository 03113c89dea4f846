import { describe, expect, it } from 'vitest';
import { openSnapshot, retainingPaths } from '../index.ts';
import { type TinyEdge, type TinyNode, tinyBytes } from '../testing/tiny-snapshot.ts';

const [root, app, registry, map, table, key, value] = [0, 1, 2, 3, 4, 5, 6];
const idOf = (node: number) => 2 * node + 1;
/** V8 numbers the edges of each holder, so the two names of an entry differ. */
const entry = (index: number): TinyEdge => ({
  type: 'internal',
  name: `${index} / part of key (Key @${idOf(key)}) -> value (Value @${idOf(value)}) pair in WeakMap (table @${idOf(table)})`,
  to: value,
});
const property = (name: string, to: number): TinyEdge => ({ type: 'property', name, to });

/** A WeakMap with one entry, whose map and whose key are held by the nodes given, by the edges given. */
function heap(mapEdges: Record<number, TinyEdge[]>, keyEdges: Record<number, TinyEdge[]>): TinyNode[] {
  const edgesOf = (node: number) => [...(mapEdges[node] ?? []), ...(keyEdges[node] ?? [])];
  return [
    {
      type: 'synthetic',
      name: '',
      size: 0,
      edges: [...edgesOf(root), { type: 'shortcut', name: '1', to: app }],
    },
    { type: 'object', name: 'App', size: 8, edges: [property('registry', registry), ...edgesOf(app)] },
    { type: 'object', name: 'Registry', size: 8, edges: edgesOf(registry) },
    { type: 'object', name: 'WeakMap', size: 8, edges: [{ type: 'internal', name: 'table', to: table }] },
    { type: 'array', name: '', size: 64, edges: [entry(7)] },
    { type: 'object', name: 'Key', size: 8, edges: [entry(1)] },
    { type: 'object', name: 'Value', size: 32 },
  ];
}

async function pathTo(nodes: readonly TinyNode[]): Promise<{ holders: string[]; unreachable: number }> {
  await using snapshot = await openSnapshot(tinyBytes(nodes));
  const { clusters, unreachable } = await retainingPaths(snapshot, { class: 'Value' });
  return { holders: clusters[0]?.steps.map(({ holder }) => holder) ?? [], unreachable };
}

describe("a WeakMap's value is held by the map and the key together", () => {
  it('so its path goes by the map where the key is nearer to the root', async () => {
    const nodes = heap({ [registry]: [property('byKey', map)] }, { [app]: [property('key', key)] });
    expect((await pathTo(nodes)).holders).toEqual(['(root)', 'App', 'Registry', 'WeakMap', '(array)']);
  });

  it('and by the key where the map is nearer', async () => {
    const global: TinyEdge = { type: 'shortcut', name: '2', to: map };
    const nodes = heap({ [root]: [global] }, { [registry]: [property('key', key)] });
    expect((await pathTo(nodes)).holders).toEqual(['(root)', 'App', 'Registry', 'Key']);
  });

  it('and there is none where the map itself is held by a weak edge', async () => {
    const weak: TinyEdge = { type: 'weak', name: 'cached', to: map };
    const nodes = heap({ [app]: [weak] }, { [app]: [property('key', key)] });
    expect(await pathTo(nodes)).toEqual({ holders: [], unreachable: 1 });
  });

  it('unless something else holds the value', async () => {
    const nodes = heap({}, { [app]: [property('last', value), property('key', key)] });
    expect((await pathTo(nodes)).holders).toEqual(['(root)', 'App']);
  });
});
