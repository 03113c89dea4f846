import type { Sizes } from '../graph/graph.ts';
import type { Scratch } from '../graph/scratch.ts';
import { type Digest, emptyDigest } from './digest.ts';

interface Nodes {
  readonly nodeCount: number;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly kinds: Int32Array<ArrayBuffer>;
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
 * Nodes without size of their own are left out. Uses the slots 1 to 3; what stays `withGraph` is in the edges' room.
 */
export function digestOfTree(nodes: Nodes, tree: Tree, scratch: Scratch, withGraph: boolean): Digest {
  const { nodeCount, sizes } = nodes;
  const { length, vertex, dominator, isNumbered } = tree;
  const wide = sizes instanceof Float64Array;
  const retained: Sizes = wide ? new Float64Array(length) : scratch.unsigned(1);
  const span = scratch.slot(2);
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
  span[0] = walked + loose.length;
  const entries = walked + loose.length;
  const { digest, put } = withGraph
    ? besideGraph(entries, nodes, scratch)
    : standingAlone(entries, nodes, wide);
  // For each number, where the next of its children goes: parents come first, so their place is known.
  const next = scratch.slot(3);
  for (let w = 0; w < length; w++) {
    const node = vertex[w] as number;
    const d = dominator[w] as number;
    const width = span[w] as number;
    const place = w === 0 ? 0 : (next[d] as number);
    if (w !== 0) next[d] = place + width;
    if (sizes[node] === 0) {
      next[w] = place;
    } else {
      next[w] = place + 1;
      put(place, node, retained[w] as number, width);
    }
  }
  loose.forEach((node, index) => {
    put(walked + index, node, sizes[node] as number, 1);
  });
  return digest;
}

type Put = (at: number, node: number, retained_bytes: number, span: number) => void;

function standingAlone(
  length: number,
  { ids, kinds, sizes }: Nodes,
  wide: boolean,
): { digest: Digest; put: Put } {
  const digest = emptyDigest(length, wide);
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
  const part = (index: number) => room.subarray(index * length, (index + 1) * length);
  const narrow = new Uint32Array(room.buffer, room.byteOffset, length);
  const retainedSizes: Sizes = wide ? new Float64Array(length) : narrow;
  const spans = part(1);
  const ordinals = part(2);
  const put: Put = (at, node, retained_bytes, span) => {
    retainedSizes[at] = retained_bytes;
    spans[at] = span;
    ordinals[at] = node;
  };
  return { digest: { length, ordinals, ids, kinds, selfSizes: sizes, retainedSizes, spans }, put };
}
