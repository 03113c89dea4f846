import type { GraphRoom } from '../graph/graph-room.ts';
import { targetBits } from '../graph/packed-edge.ts';
import type { ShortestWays } from './breadth-first.ts';
import type { PendingEntries } from './pending-entries.ts';

/** Nodes that one call goes on from. */
const nodesAtOnce = 16_384;
const unreached = -2;

/**
 * What `findShortestWays` does, in the graph's room: the three columns from `waysAt` on, of which the third is only used
 * meanwhile.
 */
export function findWaysInRoom(
  room: GraphRoom,
  waysAt: number,
  rootOrdinal: number,
  userRoots: ReadonlySet<number>,
  entries: PendingEntries | undefined,
): ShortestWays {
  const { loops, places, extent } = room;
  const { nodeCount } = extent;
  const edgeTo = room.words(waysAt, nodeCount);
  const holder = room.words(waysAt + 4 * (nodeCount + 1), nodeCount);
  edgeTo.fill(unreached);
  const bitBytes = (nodeCount >>> 3) + 4;
  room.bytes(places.bits, bitBytes).fill(0);
  const held = room.unsigned(places.heldBits, (nodeCount >>> 5) + 1);
  if (entries) held.set(entries.holders);
  else held.fill(0);
  room.opens = (edge, target) => {
    const opens = entries?.opens(edge, target);
    return opens === undefined ? -1 : opens ? 1 : 0;
  };
  const run = () => {
    while (loops.waysOn(nodesAtOnce) !== 0);
  };
  loops.beginWays(waysAt);
  loops.reach(rootOrdinal, -1, rootOrdinal);
  const firstEdges = room.unsigned(places.firstEdges, nodeCount + 1);
  const edges = room.words(places.edges, extent.edgeCount);
  const rootEnd = firstEdges[rootOrdinal + 1] as number;
  for (let edge = firstEdges[rootOrdinal] as number; edge < rootEnd; edge++) {
    const packed = edges[edge] as number;
    const target = packed & targetBits;
    if (packed < 0 || edgeTo[target] !== unreached || !userRoots.has(target)) continue;
    loops.reach(target, edge, rootOrdinal);
    loops.enqueue(target);
  }
  run();
  loops.enqueue(rootOrdinal);
  run();
  return { edgeTo, holder };
}
