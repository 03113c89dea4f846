import type { Graph } from './graph.ts';
import { nonessential, targetBits, typeBits, typeShift } from './packed-edge.ts';
import type { Scratch } from './scratch.ts';
import { edgeType } from './types-of-nodes.ts';

/**
 * For each node ordinal, 1 where the program (DevTools: the page) can reach it: from the root's shortcuts, which
 * are the global objects, and from `extraRoots`, through all but weak edges. In slot 0; uses slot 1.
 */
export function markPageOwned(graph: Graph, extraRoots: ReadonlySet<number>, scratch: Scratch): Uint8Array {
  const { nodeCount, rootOrdinal, firstEdges, edges } = graph;
  const owned = new Uint8Array(scratch.slot(0).buffer, 0, nodeCount).fill(0);
  const stack = scratch.slot(1);
  let depth = 0;
  const rootEnd = firstEdges[rootOrdinal + 1] as number;
  for (let edge = firstEdges[rootOrdinal] as number; edge < rootEnd; edge++) {
    const packed = edges[edge] as number;
    const target = packed & targetBits;
    const type = (packed >>> typeShift) & typeBits;
    const isRoot = type === edgeType.element ? extraRoots.has(target) : type === edgeType.shortcut;
    if (!isRoot || owned[target]) continue;
    owned[target] = 1;
    stack[depth++] = target;
  }
  while (depth > 0) {
    const node = stack[--depth] as number;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      const target = packed & targetBits;
      if (owned[target] || ((packed >>> typeShift) & typeBits) === edgeType.weak) continue;
      owned[target] = 1;
      stack[depth++] = target;
    }
  }
  return owned;
}

/**
 * Leaves the edges out, for the dominators, that lead from what only the engine or a debugger holds to what the
 * program holds: else nothing would be retained by the program alone.
 */
export function leaveOutForeignEdges(graph: Graph, owned: Uint8Array): void {
  const { nodeCount, rootOrdinal, firstEdges, edges } = graph;
  for (let node = 0; node < nodeCount; node++) {
    if (owned[node] || node === rootOrdinal) continue;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      if (owned[packed & targetBits]) edges[edge] = packed | nonessential;
    }
  }
}
