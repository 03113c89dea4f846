import type { Graph } from '../graph/graph.ts';
import { targetBits } from '../graph/packed-edge.ts';
import type { Scratch } from '../graph/scratch.ts';
import type { PendingEntries } from './pending-entries.ts';

/** The shortest way to every node. */
export interface ShortestWays {
  /** For each node ordinal, the edge ordinal by which it was reached first; -1 for the root, -2 where never. */
  readonly edgeTo: Int32Array<ArrayBuffer>;
  /** For each node ordinal, the node that edge leaves from. */
  readonly holder: Int32Array<ArrayBuffer>;
}

const unreached = -2;

/**
 * Walks over essential edges, the program's own roots first: a way that a reader knows (a global, a module) is
 * preferred to one through the engine, as in DevTools. `isUserRoot` says which of the root's children these are.
 * A WeakMap's value is reached when its key and its table have both been come by, from the later one.
 * In the slots 0 and 1; uses slot 2.
 */
export function findShortestWays(
  graph: Graph,
  scratch: Scratch,
  isUserRoot: (ordinal: number) => boolean,
  entries: PendingEntries | undefined,
): ShortestWays {
  const { rootOrdinal, firstEdges, edges } = graph;
  const edgeTo = scratch.slot(0).fill(unreached);
  const holder = scratch.slot(1);
  const queue = scratch.slot(2);
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
        if (edgeTo[target] !== unreached) continue;
        if (pending !== undefined && !(pending.opens(edge, target) ?? packed >= 0)) continue;
        edgeTo[target] = edge;
        holder[target] = node;
        queue[queued++] = target;
      }
    }
  };
  edgeTo[rootOrdinal] = -1;
  holder[rootOrdinal] = rootOrdinal;
  const rootEnd = firstEdges[rootOrdinal + 1] as number;
  for (let edge = firstEdges[rootOrdinal] as number; edge < rootEnd; edge++) {
    const packed = edges[edge] as number;
    const target = packed & targetBits;
    if (packed < 0 || edgeTo[target] !== unreached || !isUserRoot(target)) continue;
    edgeTo[target] = edge;
    holder[target] = rootOrdinal;
    queue[queued++] = target;
  }
  run();
  queue[queued++] = rootOrdinal;
  run();
  return { edgeTo, holder };
}
