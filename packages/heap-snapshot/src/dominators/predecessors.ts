import type { Graph } from '../graph/graph.ts';
import { targetBits } from '../graph/packed-edge.ts';
import type { DepthFirst } from './depth-first.ts';

/** Who leads to whom over essential edges, by number; a node's parent in the walk is not listed. */
export interface Predecessors {
  /** For each number, where its predecessors begin; one more entry for the end. */
  readonly first: Int32Array<ArrayBuffer>;
  /** Numbers of predecessors. */
  readonly list: Int32Array<ArrayBuffer>;
}

/** Turns the essential edges round. Most are the walk's own and are left out: half of the memory and of the time. */
export function turnRound(graph: Graph, walk: DepthFirst): Predecessors {
  const { firstEdges, edges } = graph;
  const { length, vertex, number, parent } = walk;
  const first = new Int32Array(length + 1);
  for (let from = 0; from < length; from++) {
    const node = vertex[from] as number;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      if (packed < 0) continue;
      const to = number[packed & targetBits] as number;
      if (parent[to] !== from) first[to] = (first[to] as number) + 1;
    }
  }
  // Where each one's list ends; filling moves it to where it begins.
  let sum = 0;
  for (let to = 0; to < length; to++) {
    sum += first[to] as number;
    first[to] = sum;
  }
  first[length] = sum;
  const list = new Int32Array(sum);
  for (let from = 0; from < length; from++) {
    const node = vertex[from] as number;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      if (packed < 0) continue;
      const to = number[packed & targetBits] as number;
      if (parent[to] === from) continue;
      const at = (first[to] as number) - 1;
      first[to] = at;
      list[at] = from;
    }
  }
  return { first, list };
}
