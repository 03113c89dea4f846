import type { Graph } from './graph.ts';
import { nonessential, targetBits, typeBits, typeShift } from './packed-edge.ts';
import { edgeType } from './types-of-nodes.ts';

/**
 * Whether an edge of the root leads to what the program (DevTools: the page) holds: a shortcut, to a global object, or
 * one to `extraRoots`.
 */
export function leadsToProgram(packed: number, extraRoots: ReadonlySet<number>): boolean {
  const type = (packed >>> typeShift) & typeBits;
  return type === edgeType.element ? extraRoots.has(packed & targetBits) : type === edgeType.shortcut;
}

/**
 * For each node ordinal, 1 where the program can reach it: where it has a `number`, and what `more` leads to through
 * all but weak edges.
 */
export function markPageOwned(graph: Graph, number: Int32Array, more: readonly number[]): Uint8Array {
  const { nodeCount, rootOrdinal, firstEdges, edges } = graph;
  const owned = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) if (number[node] !== -1) owned[node] = 1;
  owned[rootOrdinal] = 0;
  const stack: number[] = [];
  const mark = (node: number): void => {
    if (owned[node]) return;
    owned[node] = 1;
    stack.push(node);
  };
  for (const node of more) mark(node);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      if (((packed >>> typeShift) & typeBits) !== edgeType.weak) mark(packed & targetBits);
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
