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

/** Tells what the program holds, by node ordinal. */
export type IsOwned = (node: number) => boolean;

/** What the program can reach: what has a `number`, but the root, and what `more` leads to through all but weak edges. */
export function findPageOwned(graph: Graph, number: Int32Array, more: readonly number[]): IsOwned {
  const { nodeCount, rootOrdinal, firstEdges, edges } = graph;
  const reached = new Uint8Array(nodeCount);
  const isOwned = (node: number): boolean =>
    reached[node] === 1 || (number[node] !== -1 && node !== rootOrdinal);
  const stack: number[] = [];
  const mark = (node: number): void => {
    if (isOwned(node)) return;
    reached[node] = 1;
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
  return isOwned;
}

/**
 * Leaves the edges out, for the dominators, that lead from what only the engine or a debugger holds to what the
 * program holds: else nothing would be retained by the program alone. `others` are all nodes that have no number.
 */
export function leaveOutForeignEdges(graph: Graph, isOwned: IsOwned, others: Int32Array): void {
  const { firstEdges, edges } = graph;
  for (const node of others) {
    if (isOwned(node)) continue;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      if (isOwned(packed & targetBits)) edges[edge] = packed | nonessential;
    }
  }
}
