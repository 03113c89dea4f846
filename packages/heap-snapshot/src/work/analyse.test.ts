import { describe, expect, it } from 'vitest';
import { randomFrom } from '../testing/random-graph.ts';
import { digestOf, listOf, sizesOf, wrongGraphs } from '../testing/retained-sizes.ts';
import type { TinyNode } from '../testing/tiny-snapshot.ts';

const manners: readonly (readonly [name: string, inRoom: boolean])[] = [
  ['in a room of their own', true],
  ['in arrays', false],
];

describe('retained sizes', () => {
  // Five times as many, and a list five times as long: analyse.soak.ts.
  it.each(manners)(
    'equal those found by taking each node away, on two thousand random graphs %s',
    (_, inRoom) => {
      expect([...wrongGraphs(20260101, 2_000, inRoom)]).toEqual([]);
    },
  );

  it('spans the entries an object dominates, in the order of the tree', () => {
    const nodes: TinyNode[] = [
      { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
      { type: 'object', name: 'A', size: 8, edges: [{ type: 'property', name: 'b', to: 2 }] },
      { type: 'object', name: 'B', size: 16, edges: [{ type: 'property', name: 'c', to: 3 }] },
      { type: 'object', name: 'C', size: 32 },
    ];
    const { ids, spans, retainedSizes } = digestOf(nodes);
    expect([...ids]).toEqual([3, 5, 7]);
    expect([...(spans ?? [])]).toEqual([3, 2, 1]);
    expect([...(retainedSizes ?? [])]).toEqual([56, 48, 32]);
  });

  it.each(manners)('takes a list of two hundred thousand links %s', (_, inRoom) => {
    const links = 200_000;
    expect(digestOf(listOf(links), { inRoom }).retainedSizes?.[0]).toBe(8 * (links - 1));
  });

  it('are the same in a room and in arrays where thousands lead to the same few', () => {
    const random = randomFrom(7);
    const count = 6000;
    const nodes = Array.from({ length: count }, (_, node): TinyNode => {
      const somewhere = () => 1 + Math.floor(random() * (count - 1));
      const targets = node === 0 ? [1] : [1 + (node % 3), 4 + (node % 5), 9, 10, somewhere(), node + 1];
      return {
        type: node === 0 ? 'synthetic' : 'object',
        name: node === 0 ? '' : 'Foo',
        size: 8 * node,
        edges: targets
          .filter((to) => to < count)
          .map((to) => ({ type: node === 0 ? 'shortcut' : 'property', name: 'a', to })),
      };
    });
    for (const keepGraph of [true, false]) {
      const inRoom = sizesOf(nodes, digestOf(nodes, { keepGraph }));
      expect(inRoom).toEqual(sizesOf(nodes, digestOf(nodes, { keepGraph, inRoom: false })));
      expect(inRoom.size).toBe(count - 1);
    }
  });

  it('holds sums beyond 4 GB', () => {
    const nodes: TinyNode[] = [
      { type: 'synthetic', name: '', size: 0, edges: [{ type: 'shortcut', name: '1', to: 1 }] },
      { type: 'object', name: 'Holder', size: 8, edges: [{ type: 'property', name: 'data', to: 2 }] },
      { type: 'native', name: 'system / JSArrayBufferData', size: 6_000_000_000 },
    ];
    expect([...(digestOf(nodes).retainedSizes ?? [])]).toEqual([6_000_000_008, 6_000_000_000]);
  });
});
