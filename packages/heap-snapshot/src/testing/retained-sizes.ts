import assert from 'node:assert/strict';
import type { Digest } from '../dominators/digest.ts';
import { GraphMemory } from '../graph/graph-room.ts';
import { decodedBytes } from '../read/decoded-file.ts';
import { parseSnapshot } from '../read/parse.ts';
import { Scanner } from '../read/scanner.ts';
import { analyse } from '../work/analyse.ts';
import { bruteForce } from './brute-force.ts';
import { randomFrom, randomNodes } from './random-graph.ts';
import { type TinyNode, tinyBytes } from './tiny-snapshot.ts';

const scanner = new Scanner();
const graphMemory = new GraphMemory();

export interface Manner {
  readonly keepGraph?: boolean;
  /** In a room of its own, as all but the largest graphs are. */
  readonly inRoom?: boolean;
}

/** What is found of such a graph. */
export function digestOf(
  nodes: readonly TinyNode[],
  { keepGraph = false, inRoom = true }: Manner = {},
): Digest {
  const snapshot = parseSnapshot(decodedBytes(tinyBytes(nodes)), {
    withEdges: true,
    withShapes: true,
    scanner,
    graphMemory: inRoom ? graphMemory : undefined,
    keepsEdges: keepGraph,
  });
  assert.equal(snapshot.graphRoom !== undefined, inRoom);
  return analyse(snapshot, { withShapes: true, keepGraph }).digest;
}

/** By node ordinal: own and retained size; what has no size is left out. */
export function sizesOf(nodes: readonly TinyNode[], digest: Digest): Map<number, readonly [number, number]> {
  const ordinals = new Map(nodes.map(({ id }, ordinal) => [id ?? 2 * ordinal + 1, ordinal]));
  return new Map(
    Array.from({ length: digest.length }, (_, entry) => {
      const place = digest.ordinals?.[entry] ?? entry;
      const ordinal = ordinals.get(digest.ids[place] as number) as number;
      return [ordinal, [digest.selfSizes[place] as number, digest.retainedSizes?.[entry] as number]];
    }),
  );
}

/** Graphs whose objects' sizes are not those found by taking each node away: of `count` random ones, drawn from `seed`. */
export function* wrongGraphs(seed: number, count: number, inRoom: boolean): Generator<string> {
  const random = randomFrom(seed);
  for (let graph = 0; graph < count; graph++) {
    const nodes = randomNodes(random);
    const found = sizesOf(nodes, digestOf(nodes, { keepGraph: graph % 2 === 0, inRoom }));
    const { self, retained } = bruteForce(nodes);
    const expected = nodes
      .map((_, node) => [node, [self[node], retained[node]]] as const)
      .filter(([, [size]]) => size !== 0);
    const differing = expected.filter(
      ([node, [size, kept]]) => found.get(node)?.[0] !== size || found.get(node)?.[1] !== kept,
    );
    if (differing.length > 0 || found.size !== expected.length)
      yield `graph ${graph}: ${JSON.stringify({ differing, nodes })}`;
  }
}

/** A list of so many links, each held by the one before. */
export function listOf(links: number): TinyNode[] {
  return Array.from(
    { length: links },
    (_, node): TinyNode => ({
      type: node === 0 ? 'synthetic' : 'object',
      name: node === 0 ? '' : 'Link',
      size: node === 0 ? 0 : 8,
      edges:
        node + 1 < links ? [{ type: node === 0 ? 'shortcut' : 'property', name: 'next', to: node + 1 }] : [],
    }),
  );
}
