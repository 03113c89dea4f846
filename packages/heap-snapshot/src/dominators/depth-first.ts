import type { Graph } from '../graph/graph.ts';
import { nonessential, targetBits, typeBits, typeShift, walkedBit } from '../graph/packed-edge.ts';
import { leadsToProgram, leaveOutForeignEdges, markPageOwned } from '../graph/page-owned.ts';
import type { Scratch } from '../graph/scratch.ts';
import { edgeType } from '../graph/types-of-nodes.ts';
import { MetEdges } from './met-edges.ts';

/**
 * A depth-first walk over essential edges. A node's number is its place in the walk, from 0, the root's.
 */
export interface DepthFirst {
  /** Nodes walked over; the rest cannot be reached and have no number. */
  readonly length: number;
  /** For each number, the node ordinal. Slot 5. */
  readonly vertex: Int32Array<ArrayBuffer>;
  /** For each node ordinal, its number, or -1. Slot 1. */
  readonly number: Int32Array<ArrayBuffer>;
  /** For each number, that of the node it was found from. Slot 2. */
  readonly parent: Int32Array<ArrayBuffer>;
  /** The essential edges that the walk met and did not go along. */
  readonly met: MetEdges;
}

/**
 * Walks from the root, first to what the program holds, then from what nothing essential leads to, as if the root led
 * there. Iterative. Leaves those edges out that lead from what only the engine or a debugger holds to what the program
 * holds: else nothing would be retained by the program alone. `extraRoots` are those of the root's elements that are
 * the program's. Uses the slots 1 to 3 and 5, and the edges' room.
 */
export function walkDepthFirst(graph: Graph, extraRoots: ReadonlySet<number>, scratch: Scratch): DepthFirst {
  const { nodeCount } = graph;
  const walk = new Walk(graph, scratch);
  walk.fromProgramRoots(extraRoots);
  walk.fromRoot();
  if (walk.length < nodeCount) {
    const led = ledTo(graph, walk.number);
    for (let node = 0; node < nodeCount; node++) {
      if (walk.number[node] === -1 && led[node] === 0) walk.from(node);
    }
  }
  const { length, vertex, number, parent, met } = walk;
  return { length, vertex, number, parent, met };
}

class Walk {
  /** Nodes with a number. */
  length = 1;
  readonly vertex: Int32Array<ArrayBuffer>;
  readonly number: Int32Array<ArrayBuffer>;
  readonly parent: Int32Array<ArrayBuffer>;
  readonly met: MetEdges;
  readonly #graph: Graph;
  /** What is left to do above the node that the walk is at: edge to look at next, end of edges, number. */
  #way: Int32Array<ArrayBuffer> = new Int32Array(3 * 4096);
  /** Numbers below are of what the program holds; 0 while only such nodes are walked over. */
  #programEnd = 0;
  /** Nodes that had no number when an edge that is neither essential nor weak led there from what the program holds. */
  #passedBy: number[] | undefined = [];

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

  fromProgramRoots(extraRoots: ReadonlySet<number>): void {
    const { rootOrdinal } = this.#graph;
    const passedBy: number[] = [];
    this.#passedBy = passedBy;
    this.#eachOfRoot((edge, packed) => {
      if (!leadsToProgram(packed, extraRoots)) return;
      if ((packed & targetBits) === rootOrdinal) passedBy.push(rootOrdinal);
      else this.#alongRootEdge(edge, packed);
    });
    this.#passedBy = undefined;
    if (this.met.counts[0] !== 0) passedBy.push(rootOrdinal);
    const more = passedBy.filter((node) => node === rootOrdinal || this.number[node] === -1);
    if (more.length === 0) this.#programEnd = this.length;
    else leaveOutForeignEdges(this.#graph, markPageOwned(this.#graph, this.number, more));
  }

  fromRoot(): void {
    this.#eachOfRoot((edge, packed) => {
      if (packed < 0 || (packed & walkedBit) !== 0) return;
      const known = this.number[packed & targetBits] as number;
      if (known === -1) this.#alongRootEdge(edge, packed);
      else this.met.add(known, 0);
    });
  }

  #eachOfRoot(look: (edge: number, packed: number) => void): void {
    const { rootOrdinal, firstEdges, edges } = this.#graph;
    const end = firstEdges[rootOrdinal + 1] as number;
    for (let edge = firstEdges[rootOrdinal] as number; edge < end; edge++) look(edge, edges[edge] as number);
  }

  #alongRootEdge(edge: number, packed: number): void {
    const target = packed & targetBits;
    if (packed < 0 || this.number[target] !== -1) return;
    this.#graph.edges[edge] = packed | walkedBit;
    this.from(target);
  }

  /** Walks from a node without number, as the root's child. */
  from(start: number): void {
    const { firstEdges, edges } = this.#graph;
    const { vertex, number, parent, met } = this;
    const { counts, hubOf } = met;
    let way = this.#way;
    let depth = 0;
    const passedBy = this.#passedBy;
    const programEnd = this.#programEnd;
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

/** For each node ordinal, 1 where an essential edge of a node without number leads to it. */
function ledTo({ nodeCount, firstEdges, edges }: Graph, number: Int32Array): Uint8Array {
  const led = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    if (number[node] !== -1) continue;
    const end = firstEdges[node + 1] as number;
    for (let edge = firstEdges[node] as number; edge < end; edge++) {
      const target = (edges[edge] as number) & targetBits;
      if ((edges[edge] as number) >= 0 && target !== node) led[target] = 1;
    }
  }
  return led;
}
