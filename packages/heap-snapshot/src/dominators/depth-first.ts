import type { Graph } from '../graph/graph.ts';
import { targetBits, walkedBit } from '../graph/packed-edge.ts';
import type { Scratch } from '../graph/scratch.ts';

/**
 * A depth-first walk over essential edges. A node's number is its place in the walk, from 0, the root's.
 */
export interface DepthFirst {
  /** Nodes walked over; the rest cannot be reached and have no number. */
  readonly length: number;
  /** For each number, the node ordinal. Slot 0. */
  readonly vertex: Int32Array<ArrayBuffer>;
  /** For each node ordinal, its number, or -1. Slot 1. */
  readonly number: Int32Array<ArrayBuffer>;
  /** For each number, that of the node it was found from. Slot 2. */
  readonly parent: Int32Array<ArrayBuffer>;
  /** For each number, how many essential edges lead to it besides the one it was found by. Slot 3. */
  readonly others: Int32Array<ArrayBuffer>;
}

/**
 * Walks from the root, then from what nothing essential leads to, as if the root led there. Iterative. Marks the
 * edges it goes along. Uses the slots 0 to 4.
 */
export function walkDepthFirst(graph: Graph, scratch: Scratch): DepthFirst {
  const { nodeCount, rootOrdinal } = graph;
  const walk = new Walk(graph, scratch);
  walk.from(rootOrdinal, 0);
  if (walk.length < nodeCount) {
    const led = ledTo(graph, walk.number);
    for (let node = 0; node < nodeCount; node++) {
      if (walk.number[node] === -1 && led[node] === 0) walk.from(node, 0);
    }
  }
  const { length, vertex, number, parent, others } = walk;
  return { length, vertex, number, parent, others };
}

class Walk {
  length = 0;
  readonly vertex: Int32Array<ArrayBuffer>;
  readonly number: Int32Array<ArrayBuffer>;
  readonly parent: Int32Array<ArrayBuffer>;
  readonly others: Int32Array<ArrayBuffer>;
  readonly #graph: Graph;
  /** For each number, the edge to look at next. */
  readonly #next: Int32Array;

  constructor(graph: Graph, scratch: Scratch) {
    this.#graph = graph;
    this.vertex = scratch.slot(0);
    this.number = scratch.slot(1).fill(-1);
    this.parent = scratch.slot(2);
    this.others = scratch.slot(3).fill(0);
    this.#next = scratch.slot(4);
  }

  from(start: number, startParent: number): void {
    const { firstEdges, edges } = this.#graph;
    const { vertex, number, parent, others } = this;
    const nextEdge = this.#next;
    const first = this.length;
    let count = first;
    let current = count++;
    number[start] = current;
    vertex[current] = start;
    parent[current] = startParent;
    let edge = firstEdges[start] as number;
    let end = firstEdges[start + 1] as number;
    for (;;) {
      if (edge < end) {
        const packed = edges[edge++] as number;
        if (packed < 0) continue;
        const target = packed & targetBits;
        const known = number[target] as number;
        if (known !== -1) {
          others[known] = (others[known] as number) + 1;
          continue;
        }
        edges[edge - 1] = packed | walkedBit;
        nextEdge[current] = edge;
        parent[count] = current;
        current = count++;
        number[target] = current;
        vertex[current] = target;
        edge = firstEdges[target] as number;
        end = firstEdges[target + 1] as number;
      } else {
        if (current === first) break;
        current = parent[current] as number;
        edge = nextEdge[current] as number;
        end = firstEdges[(vertex[current] as number) + 1] as number;
      }
    }
    this.length = count;
  }
}

/** For each node ordinal, 1 where an essential edge of a node without number leads to it. */
function ledTo({ nodeCount, firstEdges, edges }: Graph, number: Int32Array): Uint8Array {
  const led = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    if (number[node] !== -1) continue;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      if (packed >= 0) led[packed & targetBits] = 1;
    }
  }
  return led;
}
