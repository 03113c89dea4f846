import type { Graph } from '../graph/graph.ts';
import { targetBits, walkedBit } from '../graph/packed-edge.ts';
import type { Scratch } from '../graph/scratch.ts';
import type { DepthFirst } from './depth-first.ts';

/** Who leads to whom over essential edges, by number; the edge a node was found by is not listed. */
export interface Predecessors {
  /** For each number, where its predecessors begin; one more entry for the end. Slot 3. */
  readonly first: Int32Array<ArrayBuffer>;
  /** Numbers of predecessors. */
  readonly list: Int32Array<ArrayBuffer>;
}

/** Turns the essential edges round. Many are the walk's own and are left out: less memory, and less time. */
export function turnRound(graph: Graph, walk: DepthFirst, scratch: Scratch): Predecessors {
  const { firstEdges, edges } = graph;
  const { length, vertex, number, others } = walk;
  // Where each one's list ends; filling moves it to where it begins.
  const first = others;
  let sum = 0;
  for (let to = 0; to < length; to++) {
    sum += first[to] as number;
    first[to] = sum;
  }
  first[length] = sum;
  const list = scratch.perEdge(sum);
  for (let from = 0; from < length; from++) {
    const node = vertex[from] as number;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      if (packed < 0 || (packed & walkedBit) !== 0) continue;
      const to = number[packed & targetBits] as number;
      const at = (first[to] as number) - 1;
      first[to] = at;
      list[at] = from;
    }
  }
  return { first, list };
}
