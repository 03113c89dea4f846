import type { Graph } from '../graph/graph.ts';
import { targetBits } from '../graph/packed-edge.ts';
import type { PendingEntries } from './pending-entries.ts';

/** The shortest way to every node. */
export interface ShortestWays {
  /** For each node ordinal, the edge ordinal by which it was reached first; -1 for the root, -2 where never. */
  readonly edgeTo: Int32Array;
  /** For each node ordinal, the node that edge leaves from. */
  readonly holder: Int32Array;
}

/** What the walk goes over. */
export type WaysGraph = Pick<Graph, 'nodeCount' | 'rootOrdinal' | 'firstEdges' | 'edges'>;

/** Memory for the result, and for nodes waiting their turn: a number for each node ordinal. */
export interface WaysRoom extends ShortestWays {
  readonly queue: Int32Array;
}

const unreached = -2;

/**
 * Walks over essential edges, the program's own roots first: a way that a reader knows (a global, a module) is
 * preferred to one through the engine, as in DevTools. `userRoots` says which of the root's children these are.
 * A WeakMap's value is reached when its key and its table have both been come by, from the later one.
 */
export function findShortestWays(
  graph: WaysGraph,
  room: WaysRoom,
  userRoots: ReadonlySet<number>,
  entries: PendingEntries | undefined,
): ShortestWays {
  const { nodeCount, rootOrdinal, firstEdges, edges } = graph;
  const { edgeTo, holder, queue } = room;
  edgeTo.fill(unreached);
  // A bit for each node ordinal: most edges lead to what was reached before, and these stay near the processor.
  const reached = new Int32Array((nodeCount >>> 5) + 1);
  let queued = 0;
  let looked = 0;
  const run = (): void => {
    while (looked < queued) {
      const node = queue[looked++] as number;
      const end = firstEdges[node + 1] as number;
      const pending = entries?.areHeldBy(node) ? entries : undefined;
      for (let edge = firstEdges[node] as number; edge < end; edge++) {
        const packed = edges[edge] as number;
        if (packed < 0 && pending === undefined) continue;
        const target = packed & targetBits;
        const word = reached[target >>> 5] as number;
        const bit = 1 << (target & 31);
        if ((word & bit) !== 0) continue;
        if (pending !== undefined && !(pending.opens(edge, target) ?? packed >= 0)) continue;
        reached[target >>> 5] = word | bit;
        edgeTo[target] = edge;
        holder[target] = node;
        queue[queued++] = target;
      }
    }
  };
  const reach = (node: number, edge: number): void => {
    reached[node >>> 5] = (reached[node >>> 5] as number) | (1 << (node & 31));
    edgeTo[node] = edge;
    holder[node] = rootOrdinal;
  };
  reach(rootOrdinal, -1);
  const rootEnd = firstEdges[rootOrdinal + 1] as number;
  for (let edge = firstEdges[rootOrdinal] as number; edge < rootEnd; edge++) {
    const packed = edges[edge] as number;
    const target = packed & targetBits;
    if (packed < 0 || edgeTo[target] !== unreached || !userRoots.has(target)) continue;
    reach(target, edge);
    queue[queued++] = target;
  }
  run();
  queue[queued++] = rootOrdinal;
  run();
  return { edgeTo, holder };
}
