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
  const owners = findOwners(graph, scratch, isStorage);
  const { types, rootOrdinal, nodeCount } = graph;
  for (let node = 0; node < nodeCount; node++) {
    const owner = owners[node] as number;
    if (owner < 0 || owner === node || owner === rootOrdinal || types[owner] === nodeType.synthetic) continue;
    sizes[owner] = (sizes[owner] as number) + (sizes[node] as number);
    sizes[node] = 0;
  }
}

function hasUserRoots(
  { rootOrdinal, firstEdges, edges }: Graph,
  isUserRoot: (ordinal: number) => boolean,
): boolean {
  const end = firstEdges[rootOrdinal + 1] as number;
  for (let edge = firstEdges[rootOrdinal] as number; edge < end; edge++) {
    if (isUserRoot((edges[edge] as number) & targetBits)) return true;
  }
  return false;
}

/** For each node ordinal, itself, or for storage the one node that leads to it, directly or by other storage. */
function findOwners(graph: Graph, scratch: Scratch, isStorage: (ordinal: number) => boolean): Int32Array {
  const { nodeCount, types, firstEdges, edges } = graph;
  const owners = scratch.slot(0);
  for (let node = 0; node < nodeCount; node++) {
    const type = types[node];
    const storage =
      type === nodeType.hidden || type === nodeType.array || (type === nodeType.native && isStorage(node));
    owners[node] = storage ? unowned : node;
  }
  // A node's owner changes twice at most: from none to one, from one to several.
  const changed: number[] = [];
  const spread = (node: number): void => {
    const owner = owners[node] as number;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      const target = packed & targetBits;
      const before = owners[target] as number;
      if (before === target || before === owner || before === shared) continue;
      if (((packed >>> typeShift) & typeBits) === edgeType.weak) continue;
      owners[target] = before === unowned ? owner : shared;
      changed.push(target);
    }
  };
  for (let node = 0; node < nodeCount; node++) {
    if (owners[node] !== node) continue;
    spread(node);
    for (let next = changed.pop(); next !== undefined; next = changed.pop()) spread(next);
  }
  return owners;
}
