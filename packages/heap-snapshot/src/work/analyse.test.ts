import { describe, expect, it } from 'vitest';
import type { Digest } from '../dominators/digest.ts';
import { GraphMemory } from '../graph/graph-room.ts';
import { decodedBytes } from '../read/decoded-file.ts';
import { parseSnapshot } from '../read/parse.ts';
import { Scanner } from '../read/scanner.ts';
import { bruteForce } from '../testing/brute-force.ts';
import { randomFrom, randomNodes } from '../testing/random-graph.ts';
import { type TinyNode, tinyBytes } from '../testing/tiny-snapshot.ts';
import { analyse } from './analyse.ts';

const scanner = new Scanner();
const graphMemory = new GraphMemory();

interface Manner {
  readonly keepGraph?: boolean;
  /** In a room of its own, as all but the largest graphs are. */
  readonly inRoom?: boolean;
}

function digestOf(nodes: readonly TinyNode[], { keepGraph = false, inRoom = true }: Manner = {}): Digest {
  const snapshot = parseSnapshot(decodedBytes(tinyBytes(nodes)), {
    withEdges: true,
    withShapes: true,
    scanner,
    graphMemory: inRoom ? graphMemory : undefined,
    keepsEdges: keepGraph,
  });
  expect(snapshot.graphRoom !== undefined).toBe(inRoom);
  return analyse(snapshot, { withShapes: true, keepGraph }).digest;
}

/** By node ordinal: own and retained size; what has no size is left out. */
function sizesOf(nodes: readonly TinyNode[], digest: Digest): Map<number, readonly [number, number]> {
  const ordinals = new Map(nodes.map(({ id }, ordinal) => [id ?? 2 * ordinal + 1, ordinal]));
  return new Map(
    Array.from({ length: digest.length }, (_, entry) => {
      const place = digest.ordinals?.[entry] ?? entry;
      const ordinal = ordinals.get(digest.ids[place] as number) as number;
      return [ordinal, [digest.selfSizes[place] as number, digest.retainedSizes?.[entry] as number]];
    }),
  );
}

describe('retained sizes', () => {
  it.each([
    ['in a room of their own', true],
    ['in arrays', false],
  ])('equal those found by taking each node away, on ten thousand random graphs %s', (_, inRoom) => {
    const random = randomFrom(20260101);
    for (let graph = 0; graph < 10_000; graph++) {
      const nodes = randomNodes(random);
      const found = sizesOf(nodes, digestOf(nodes, { keepGraph: graph % 2 === 0, inRoom }));
      const { self, retained } = bruteForce(nodes);
      const expected = nodes
        .map((_, node) => [node, [self[node], retained[node]]] as const)
        .filter(([, [size]]) => size !== 0);
      const differing = expected.filter(
        ([node, [size, kept]]) => found.get(node)?.[0] !== size || found.get(node)?.[1] !== kept,
      );
      if (differing.length > 0 || found.size !== expected.length) {
        expect.fail(`graph ${graph}: ${JSON.stringify({ differing, nodes })}`);
      }
    }
  });

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

  it.each([[true], [false]])('takes a list of a million links (in a room: %s)', (inRoom) => {
    const links = 1_000_000;
    const nodes = Array.from(
      { length: links },
      (_, node): TinyNode => ({
        type: node === 0 ? 'synthetic' : 'object',
        name: node === 0 ? '' : 'Link',
        size: node === 0 ? 0 : 8,
        edges:
          node + 1 < links
            ? [{ type: node === 0 ? 'shortcut' : 'property', name: 'next', to: node + 1 }]
            : [],
      }),
    );
    expect(digestOf(nodes, { inRoom }).retainedSizes?.[0]).toBe(8 * (links - 1));
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
