import type { Graph, Sizes } from './graph.ts';
import { targetBits, typeBits, typeShift } from './packed-edge.ts';
import type { Scratch } from './scratch.ts';
import { edgeType, nodeType } from './types-of-nodes.ts';

const unowned = -1;
const shared = -2;

/**
 * Adds the size of storage that one object alone holds (an array's elements, an object's properties, a string's
 * external characters) to that object's own, as DevTools does, and sets the storage's to 0. `isStorage` says which
 * natives are storage too. A snapshot without user roots was taken with internals exposed and stays as it is.
 */
export function giveStorageToOwners(
  graph: Graph,
  sizes: Sizes,
  scratch: Scratch,
  isStorage: (ordinal: number) => boolean,
  isUserRoot: (ordinal: number) => boolean,
): void {
  if (!hasUserRoots(graph, isUserRoot)) return;
  const storage = findStorage(graph, isStorage);
  const owners = findOwners(graph, scratch, storage);
  const { types, rootOrdinal, nodeCount } = graph;
  for (let node = 0; node < nodeCount; node++) {
    // Without an own is what is no storage, too.
    const owner = owners[node] as number;
    if (owner < 0 || owner === rootOrdinal || types[owner] === nodeType.synthetic) continue;
    sizes[owner] = (sizes[owner] as number) + (sizes[node] as number);
    sizes[node] = 0;
  }
}

/** Whether any of the root's children is the program's. */
export function hasUserRoots(
  { rootOrdinal, firstEdges, edges }: Graph,
  isUserRoot: (ordinal: number) => boolean,
): boolean {
  const end = firstEdges[rootOrdinal + 1] as number;
  for (let edge = firstEdges[rootOrdinal] as number; edge < end; edge++) {
    if (isUserRoot((edges[edge] as number) & targetBits)) return true;
  }
  return false;
}

/** One bit for each node ordinal, set where it is storage: few enough to stay near the processor. */
function findStorage({ nodeCount, types }: Graph, isStorage: (ordinal: number) => boolean): Int32Array {
  const storage = new Int32Array((nodeCount >>> 5) + 1);
  for (let node = 0; node < nodeCount; node++) {
    const type = types[node];
    if (
      type === nodeType.hidden ||
      type === nodeType.array ||
      (type === nodeType.native && isStorage(node))
    ) {
      storage[node >>> 5] = (storage[node >>> 5] as number) | (1 << (node & 31));
    }
  }
  return storage;
}

/** For each node ordinal that is storage, the one node that leads to it, directly or by other storage; else below 0. */
function findOwners(graph: Graph, scratch: Scratch, storage: Int32Array): Int32Array {
  const { nodeCount, firstEdges, edges } = graph;
  const owners = scratch.slot(0).fill(unowned);
  const isStorage = (node: number) => ((storage[node >>> 5] as number) >>> (node & 31)) & 1;
  // A node's owner changes twice at most: from none to one, from one to several.
  const changed: number[] = [];
  const spread = (node: number, owner: number): void => {
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      const target = packed & targetBits;
      if (!isStorage(target)) continue;
      const before = owners[target] as number;
      if (before === owner || before === shared) continue;
      if (((packed >>> typeShift) & typeBits) === edgeType.weak) continue;
      owners[target] = before === unowned ? owner : shared;
      changed.push(target);
    }
  };
  for (let node = 0; node < nodeCount; node++) {
    if (isStorage(node)) continue;
    spread(node, node);
    for (let next = changed.pop(); next !== undefined; next = changed.pop()) {
      spread(next, owners[next] as number);
    }
  }
  return owners;
}
