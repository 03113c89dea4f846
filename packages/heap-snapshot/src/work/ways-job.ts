import { targetBits } from '../graph/packed-edge.ts';
import { nodeType } from '../graph/types-of-nodes.ts';
import {
  findShortestWays,
  type ShortestWays,
  type WaysGraph,
  type WaysRoom,
} from '../paths/breadth-first.ts';
import { PendingEntries } from '../paths/pending-entries.ts';
import type { Ephemerons } from '../read/ephemerons.ts';
import { type ParsedSnapshot, ruleText } from '../read/parse.ts';

/** All that the walk for the shortest ways needs of a snapshot, once its edges are no longer changed. */
export interface WaysJob {
  readonly graph: WaysGraph;
  /** Children of the root that are the program's. */
  readonly userRoots: ReadonlySet<number>;
  readonly ephemerons: Ephemerons | undefined;
}

export function waysJobOf({ layout, nodes, edges, ephemerons, found }: ParsedSnapshot): WaysJob {
  const { firstEdges, types, syntheticNames } = nodes;
  const { nodeCount, rootOrdinal } = layout;
  const graph: WaysGraph = { nodeCount, rootOrdinal, firstEdges, edges: edges?.edges ?? new Int32Array(0) };
  const userRoots = new Set<number>();
  const end = firstEdges[rootOrdinal + 1] as number;
  for (let edge = firstEdges[rootOrdinal] as number; edge < end; edge++) {
    const child = (graph.edges[edge] as number) & targetBits;
    const isUserRoot =
      types[child] !== nodeType.synthetic ||
      found.get(ruleText.documentDomTrees)?.has(syntheticNames.get(child) ?? -1) === true;
    if (isUserRoot) userRoots.add(child);
  }
  return { graph, userRoots, ephemerons };
}

export function findWays({ graph, userRoots, ephemerons }: WaysJob, room: WaysRoom): ShortestWays {
  const entries = ephemerons && new PendingEntries(ephemerons, graph.nodeCount);
  return findShortestWays(graph, room, userRoots, entries);
}

/** Memory of its own for the walk. */
export function newWaysRoom(nodeCount: number): WaysRoom {
  const numbers = () => new Int32Array(nodeCount);
  return { edgeTo: numbers(), holder: numbers(), queue: numbers() };
}
