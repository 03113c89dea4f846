import { type GraphExtent, GraphRoom } from '../graph/graph-room.ts';
import { targetBits } from '../graph/packed-edge.ts';
import { nodeType } from '../graph/types-of-nodes.ts';
import {
  findShortestWays,
  type ShortestWays,
  type WaysGraph,
  type WaysRoom,
} from '../paths/breadth-first.ts';
import { PendingEntries } from '../paths/pending-entries.ts';
import { findWaysInRoom } from '../paths/ways-in-room.ts';
import type { Ephemerons } from '../read/ephemerons.ts';
import { type ParsedSnapshot, ruleText } from '../read/parse.ts';
import type { SharedMemory } from '../web-assembly.ts';

/** What a graph's room is made of, for other threads. */
interface SharedRoom {
  readonly memory: SharedMemory;
  readonly extent: GraphExtent;
  readonly begin: number;
  /** Where its slots have been moved to. */
  readonly slotsAt: number | undefined;
}

/** All that the walk for the shortest ways needs of a snapshot, once its edges are no longer changed. */
export interface WaysJob {
  readonly graph: WaysGraph;
  /** The graph's room, where it has one, to be looked at from any thread. */
  readonly shared: SharedRoom | undefined;
  /** Children of the root that are the program's. */
  readonly userRoots: ReadonlySet<number>;
  readonly ephemerons: Ephemerons | undefined;
}

export function waysJobOf(snapshot: ParsedSnapshot): WaysJob {
  const { layout, nodes, edges, ephemerons, found, graphRoom } = snapshot;
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
  const { buffer, byteOffset } = graph.edges;
  const isThere = !(buffer instanceof ArrayBuffer) && byteOffset === graphRoom?.places.edges;
  const shared = isThere
    ? {
        memory: graphRoom.memory,
        extent: graphRoom.extent,
        begin: graphRoom.places.begin,
        slotsAt: graphRoom.places.slotsAt,
      }
    : undefined;
  return { graph, shared, userRoots, ephemerons };
}

/** Finds them in the graph's own room if it has one, from any thread: in the slots 0 to 2. Else in what `newRoom` makes. */
export function findWays(
  { graph, shared, userRoots, ephemerons }: WaysJob,
  newRoom: () => WaysRoom,
): ShortestWays {
  const entries = ephemerons && new PendingEntries(ephemerons, graph.nodeCount);
  if (!shared) return findShortestWays(graph, newRoom(), userRoots, entries);
  const room = new GraphRoom(shared.memory, shared.extent, shared.begin, shared.slotsAt);
  return findWaysInRoom(room, room.places.slots, graph.rootOrdinal, userRoots, entries);
}

/** Memory of its own for the walk. */
export function newWaysRoom(nodeCount: number): WaysRoom {
  const numbers = () => new Int32Array(nodeCount);
  return { edgeTo: numbers(), holder: numbers(), queue: numbers() };
}
