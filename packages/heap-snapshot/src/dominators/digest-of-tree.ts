import type { Sizes } from '../graph/graph.ts';
import { release } from '../graph/release.ts';
import type { Digest } from './digest.ts';

interface Nodes {
  readonly nodeCount: number;
  readonly rootOrdinal: number;
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
 */
export function digestOfTree(nodes: Nodes, tree: Tree, withOrdinals: boolean): Digest {
  const { nodeCount, ids, kinds, sizes } = nodes;
  const { length, vertex, dominator, isNumbered } = tree;
  const wide = sizes instanceof Float64Array;
  const retained: Sizes = wide ? new Float64Array(length) : new Uint32Array(length);
  const span = new Int32Array(length);
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
  const digest = {
    ids: new Uint32Array(entries),
    kinds: new Int32Array(entries),
    selfSizes: (wide ? new Float64Array(entries) : new Uint32Array(entries)) as Sizes,
    retainedSizes: (wide ? new Float64Array(entries) : new Uint32Array(entries)) as Sizes,
    spans: new Int32Array(entries),
    ordinals: withOrdinals ? new Int32Array(entries) : undefined,
  };
  const put = (at: number, node: number, retainedSize: number, width: number): void => {
    digest.ids[at] = ids[node] as number;
    digest.kinds[at] = kinds[node] as number;
    digest.selfSizes[at] = sizes[node] as number;
    digest.retainedSizes[at] = retainedSize;
    digest.spans[at] = width;
    if (digest.ordinals) digest.ordinals[at] = node;
  };
  // For each number, where the next of its children goes: parents come first, so their place is known.
  const next = new Int32Array(length);
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
  release(retained, span, next);
  return digest;
}
