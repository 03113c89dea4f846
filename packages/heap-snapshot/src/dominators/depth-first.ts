import type { Graph } from '../graph/graph.ts';
import { nonessential, targetBits, typeBits, typeShift } from '../graph/packed-edge.ts';
import type { Scratch } from '../graph/scratch.ts';
import { edgeType } from '../graph/types-of-nodes.ts';
import { MetEdges } from './met-edges.ts';
import { type Walker, walkAll } from './walk-all.ts';

/**
 * A depth-first walk over essential edges. A node's number is its place in the walk, from 0, the root's.
 */
export interface DepthFirst {
  /** Nodes walked over; the rest cannot be reached and have no number. */
  readonly length: number;
  /** For each number, the node ordinal. Slot 5. */
  readonly vertex: Int32Array;
  /** For each node ordinal, its number, or -1. Slot 1. */
  readonly number: Int32Array;
  /** For each number, that of the node it was found from. Slot 2. */
  readonly parent: Int32Array;
  /** The essential edges that the walk met and did not go along. */
  readonly met: MetEdges;
}

/** Walks over all there is, as {@link walkAll} says. Iterative. Uses the slots 1 to 3 and 5, and the edges' room. */
export function walkDepthFirst(graph: Graph, extraRoots: ReadonlySet<number>, scratch: Scratch): DepthFirst {
  const walk = new Walk(graph, scratch);
  walkAll(graph, extraRoots, walk);
  const { length, vertex, number, parent, met } = walk;
  return { length, vertex, number, parent, met };
}

class Walk implements Walker {
  length = 1;
  readonly vertex: Int32Array;
  readonly number: Int32Array;
  readonly parent: Int32Array;
  readonly met: MetEdges;
  readonly #graph: Graph;
  /** What is left to do above the node that the walk is at: edge to look at next, end of edges, number. */
  #way: Int32Array<ArrayBuffer> = new Int32Array(3 * 4096);

  constructor(graph: Graph, scratch: Scratch) {
    this.#graph = graph;
    this.vertex = scratch.slot(5);
    this.number = scratch.slot(1).fill(-1);
    this.parent = scratch.slot(2);
    this.met = new MetEdges(graph.nodeCount, scratch);
    this.number[graph.rootOrdinal] = 0;
    this.vertex[0] = graph.rootOrdinal;
    this.parent[0] = 0;
  }

  get rootIsMet(): boolean {
    return this.met.counts[0] !== 0;
  }

  addMet(to: number, from: number): void {
    this.met.add(to, from);
  }

  from(start: number, programEnd: number, passedBy: number[] | undefined): void {
    const { firstEdges, edges } = this.#graph;
    const { vertex, number, parent, met } = this;
    const { counts, hubOf } = met;
    let way = this.#way;
    let depth = 0;
    let count = this.length;
    let current = count++;
    number[start] = current;
    vertex[current] = start;
    parent[current] = 0;
    let edge = firstEdges[start] as number;
    let end = firstEdges[start + 1] as number;
    for (;;) {
      if (edge < end) {
        const packed = edges[edge++] as number;
        const target = packed & targetBits;
        const known = number[target] as number;
        if (packed < 0) {
          if (passedBy !== undefined && !isWeak(packed) && known <= 0) passedBy.push(target);
          continue;
        }
        if (known !== -1) {
          if (known < programEnd) edges[edge - 1] = packed | nonessential;
          else {
            const hub = -(counts[known] as number);
            // Half of all edges and more, as each object leads to its map.
            if (hub > 0 && hubOf[current] === 0) hubOf[current] = hub;
            else met.add(known, current);
          }
          continue;
        }
        // Behind a last edge there is nothing to come back to.
        if (edge < end) {
          if (depth === way.length) way = this.#longerWay();
          way[depth] = edge;
          way[depth + 1] = end;
          way[depth + 2] = current;
          depth += 3;
        }
        parent[count] = current;
        current = count++;
        number[target] = current;
        vertex[current] = target;
        edge = firstEdges[target] as number;
        end = firstEdges[target + 1] as number;
      } else {
        if (depth === 0) break;
        depth -= 3;
        edge = way[depth] as number;
        end = way[depth + 1] as number;
        current = way[depth + 2] as number;
      }
    }
    this.length = count;
  }

  #longerWay(): Int32Array<ArrayBuffer> {
    const longer = new Int32Array(2 * this.#way.length);
    longer.set(this.#way);
    this.#way = longer;
    return longer;
  }
}

function isWeak(packed: number): boolean {
  return ((packed >>> typeShift) & typeBits) === edgeType.weak;
}
