import type { Sizes } from '../graph/graph.ts';
import type { Scratch } from '../graph/scratch.ts';
import { type Digest, digest_bytes, digestIn } from './digest.ts';

interface Nodes {
  readonly nodeCount: number;
  readonly ids: Uint32Array;
  readonly kinds: Int32Array;
  readonly sizes: Sizes;
}

interface Tree {
  /** Nodes with a number. */
  readonly length: number;
  /** For each number, the node ordinal. */
  readonly vertex: Int32Array;
  /** For each number, that of its immediate dominator, which is lower. */
  readonly dominator: Int32Array;
  /** For each node ordinal, its number, or -1 where nothing but weak edges and cycles lead to it. */
  readonly isNumbered: (ordinal: number) => boolean;
}

/**
 * Adds sizes up along the dominators' tree. Nodes without number are dominated by the root alone, as in DevTools.
 * Nodes without size of their own are left out.
 *
 * What stays `withGraph` is in the edges' room, and the slots 1 to 3 are used; else it is where the slots 0 to 4 were,
 * the edges' room is used, and the tree is used up.
 */
export function digestOfTree(nodes: Nodes, tree: Tree, scratch: Scratch, withGraph: boolean): Digest {
  const { nodeCount, sizes } = nodes;
  const { length, vertex, dominator, isNumbered } = tree;
  const wide = sizes instanceof Float64Array;
  const [first, span, next] = withGraph
    ? [scratch.slot(1), scratch.slot(2), scratch.slot(3)]
    : thirds(scratch.perEdge(3 * length), length);
  const retained: Sizes = wide
    ? new Float64Array(length)
    : new Uint32Array(first.buffer, first.byteOffset, length);
  for (let w = 0; w < length; w++) {
    const size = sizes[vertex[w] as number] as number;
    retained[w] = size;
    span[w] = size === 0 ? 0 : 1;
  }
  for (let w = length - 1; w > 0; w--) {
    const d = dominator[w] as number;
    retained[d] = (retained[d] as number) + (retained[w] as number);
    span[d] = (span[d] as number) + (span[w] as number);
  }
  const loose: number[] = [];
  if (length < nodeCount) {
    for (let node = 0; node < nodeCount; node++) {
      const size = sizes[node] as number;
      if (size === 0 || isNumbered(node)) continue;
      loose.push(node);
      retained[0] = (retained[0] as number) + size;
    }
  }
  const walked = span[0] as number;
  // For each number, where the next of its children goes: parents come first, so their place is known.
  next[0] = sizes[vertex[0] as number] === 0 ? 0 : 1;
  for (let w = 1; w < length; w++) {
    const d = dominator[w] as number;
    const place = next[d] as number;
    next[d] = place + (span[w] as number);
    next[w] = place + (sizes[vertex[w] as number] === 0 ? 0 : 1);
  }
  const entries = walked + loose.length;
  const { digest, put } = withGraph
    ? besideGraph(entries, nodes, scratch)
    : standingAlone(entries, nodes, scratch);
  for (let w = 0; w < length; w++) {
    const node = vertex[w] as number;
    if (sizes[node] === 0) continue;
    // All its children have come by: behind them its span ends.
    const width = span[w] as number;
    const place = (next[w] as number) - width;
    put(place, node, retained[w] as number, w === 0 ? entries : width);
  }
  loose.forEach((node, index) => {
    put(walked + index, node, sizes[node] as number, 1);
  });
  return digest;
}

export function thirds(room: Int32Array, length: number) {
  const third = (index: number) => room.subarray(index * length, (index + 1) * length);
  return [third(0), third(1), third(2)] as const;
}

type Put = (at: number, node: number, retained_bytes: number, span: number) => void;

function standingAlone(
  length: number,
  { ids, kinds, sizes }: Nodes,
  scratch: Scratch,
): { digest: Digest; put: Put } {
  const wide = sizes instanceof Float64Array;
  const bytes = digest_bytes(length, wide);
  const { buffer, offset } = scratch.room(bytes);
  const digest = digestIn(buffer, offset, length, wide);
  const put: Put = (at, node, retained_bytes, span) => {
    digest.ids[at] = ids[node] as number;
    digest.kinds[at] = kinds[node] as number;
    digest.selfSizes[at] = sizes[node] as number;
    digest.retainedSizes[at] = retained_bytes;
    digest.spans[at] = span;
  };
  return { digest, put };
}

function besideGraph(
  length: number,
  { ids, kinds, sizes }: Nodes,
  scratch: Scratch,
): { digest: Digest; put: Put } {
  const wide = sizes instanceof Float64Array;
  // The predecessors' lists are no longer needed, and mostly longer than this.
  const room = scratch.edgeRoom >= 3 * length ? scratch.perEdge(3 * length) : new Int32Array(3 * length);
  const [first, spans, ordinals] = thirds(room, length);
  const retainedSizes: Sizes = wide
    ? new Float64Array(length)
    : new Uint32Array(first.buffer, first.byteOffset, length);
  const put: Put = (at, node, retained_bytes, span) => {
    retainedSizes[at] = retained_bytes;
    spans[at] = span;
    ordinals[at] = node;
  };
  return { digest: { length, ordinals, ids, kinds, selfSizes: sizes, retainedSizes, spans }, put };
}
