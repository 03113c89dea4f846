import type { Graph } from '../graph/graph.ts';
import { targetBits, walkedBit } from '../graph/packed-edge.ts';
import { findPageOwned, leadsToProgram, leaveOutForeignEdges } from '../graph/page-owned.ts';

/** Walks in depth over essential edges, a start at a time. A node's number is its place in the walk, from 0, the root's. */
export interface Walker {
  /** Nodes with a number: the root, to begin with. */
  readonly length: number;
  /** For each node ordinal, its number, or -1. */
  readonly number: Int32Array;
  /** Whether an essential edge to the root was met. */
  readonly rootIsMet: boolean;
  /** Notes an essential edge that was not gone along, by number. */
  addMet(to: number, from: number): void;
  /**
   * Walks from a node without number, as the root's child. Edges to numbers below `programEnd` are left out from then
   * on. `passedBy` gets nodes without number, and the root, where an edge leads there that is neither essential nor weak.
   */
  from(start: number, programEnd: number, passedBy: number[] | undefined): void;
}

/**
 * Walks from the root, first to what the program holds, then from what nothing essential leads to, as if the root led
 * there. Leaves those edges out that lead from what only the engine or a debugger holds to what the program
 * holds: else nothing would be retained by the program alone. `extraRoots` are those of the root's elements that are
 * the program's.
 */
export function walkAll(graph: Graph, extraRoots: ReadonlySet<number>, walker: Walker): void {
  const { nodeCount, rootOrdinal } = graph;
  const passedBy: number[] = [];
  eachOfRoot(graph, (edge, packed) => {
    if (!leadsToProgram(packed, extraRoots)) return;
    if ((packed & targetBits) === rootOrdinal) passedBy.push(rootOrdinal);
    else alongRootEdge(graph, walker, edge, 0, passedBy);
  });
  if (walker.rootIsMet) passedBy.push(rootOrdinal);
  const more = passedBy.filter((node) => node === rootOrdinal || walker.number[node] === -1);
  // Numbers below are of what the program holds; 0 where that is not known by its number.
  const programEnd = more.length === 0 ? walker.length : 0;
  let others: Int32Array | undefined;
  if (more.length > 0) {
    others = withoutNumber(walker, nodeCount);
    leaveOutForeignEdges(graph, findPageOwned(graph, walker.number, more), others);
  }
  eachOfRoot(graph, (edge, packed) => {
    if (packed < 0 || (packed & walkedBit) !== 0) return;
    const known = walker.number[packed & targetBits] as number;
    if (known === -1) alongRootEdge(graph, walker, edge, programEnd, undefined);
    else walker.addMet(known, 0);
  });
  if (walker.length === nodeCount) return;
  const left = others?.filter((node) => walker.number[node] === -1) ?? withoutNumber(walker, nodeCount);
  const led = ledTo(graph, left);
  for (const node of left) {
    if (walker.number[node] === -1 && led[node] === 0) walker.from(node, programEnd, undefined);
  }
}

/** The ordinals of the nodes without number, ascending: there are few. */
function withoutNumber({ number, length }: Walker, nodeCount: number): Int32Array {
  const nodes = new Int32Array(nodeCount - length);
  let found = 0;
  for (let node = 0; node < nodeCount && found < nodes.length; node++) {
    if (number[node] === -1) nodes[found++] = node;
  }
  return nodes;
}

function eachOfRoot(
  { rootOrdinal, firstEdges, edges }: Graph,
  look: (edge: number, packed: number) => void,
): void {
  const end = firstEdges[rootOrdinal + 1] as number;
  for (let edge = firstEdges[rootOrdinal] as number; edge < end; edge++) look(edge, edges[edge] as number);
}

function alongRootEdge(
  { edges }: Graph,
  walker: Walker,
  edge: number,
  programEnd: number,
  passedBy: number[] | undefined,
): void {
  const packed = edges[edge] as number;
  const target = packed & targetBits;
  if (packed < 0 || walker.number[target] !== -1) return;
  edges[edge] = packed | walkedBit;
  walker.from(target, programEnd, passedBy);
}

/** For each node ordinal, 1 where an essential edge of one of `nodes`, but itself, leads to it. */
function ledTo({ nodeCount, firstEdges, edges }: Graph, nodes: Int32Array): Uint8Array {
  const led = new Uint8Array(nodeCount);
  for (const node of nodes) {
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const target = (edges[edge] as number) & targetBits;
      if ((edges[edge] as number) >= 0 && target !== node) led[target] = 1;
    }
  }
  return led;
}
