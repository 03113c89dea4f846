import type { Graph } from '../graph/graph.ts';
import { downInParts, type GraphRoom, inParts } from '../graph/graph-room.ts';
import type { Scratch } from '../graph/scratch.ts';
import { type Digest, digest_bytes, digestIn } from './digest.ts';
import { type Walker, walkAll } from './walk-all.ts';

/** Edges walked along by one call. */
const edgesAtOnce = 65_536;

/** What {@link DepthFirst} is, in the graph's room; numbers are in slot 0, parents and labels in the slots 1 and 2. */
export class RoomWalk implements Walker {
  readonly number: Int32Array;
  readonly #room: GraphRoom;

  constructor(room: GraphRoom, rootOrdinal: number, scratch: Scratch) {
    this.#room = room;
    this.number = scratch.slot(0).fill(-1);
    scratch.slot(3).fill(0);
    const { nodeCount } = room.extent;
    room.bytes(room.places.hubOf, 2 * nodeCount).fill(0);
    room.bytes(room.places.bits, (nodeCount >>> 3) + 4).fill(0);
    room.loops.walkFromRoot(rootOrdinal);
  }

  get length(): number {
    return this.#room.loops.walked.value;
  }

  get rootIsMet(): boolean {
    return this.#room.words(this.#room.places.slots + 3 * column_bytes(this.#room), 1)[0] !== 0;
  }

  addMet(to: number, from: number): void {
    this.#room.loops.addMet(to, from);
  }

  from(start: number, programEnd: number, passedBy: number[] | undefined): void {
    const { loops, places } = this.#room;
    const before = loops.passedCount.value;
    loops.walkFrom(start);
    while (loops.walkOn(edgesAtOnce, programEnd, passedBy ? 1 : 0) !== 0);
    const count = loops.passedCount.value - before;
    const listAt = places.stack + 3 * column_bytes(this.#room) + 4 * before;
    if (passedBy && count > 0) for (const node of this.#room.words(listAt, count)) passedBy.push(node);
  }
}

/** Walks over all there is, as {@link walkAll} says, in the graph's room. */
export function walkInRoom(
  room: GraphRoom,
  graph: Graph,
  extraRoots: ReadonlySet<number>,
  scratch: Scratch,
): RoomWalk {
  const walk = new RoomWalk(room, graph.rootOrdinal, scratch);
  walkAll(graph, extraRoots, walk);
  return walk;
}

/** What `predecessorsOf` does. The edges may be written over, where the room does not keep them. */
export function sortMetEdges(room: GraphRoom, scratch: Scratch): void {
  const { loops, places } = room;
  const length = loops.walked.value;
  const count = loops.hubCount.value;
  // Behind the list, where the edges stay.
  if (room.extent.keepsEdges) room.redirect({ room: places.behind + 4 * loops.listEnd.value });
  const hubs = room.words(places.head, count);
  const ofHub = room.words(places.head + 1024, count);
  const first = scratch.slot(3);
  // Each number has two notes of hubs it leads to.
  const notes = [places.hubOf, places.hubOf + room.extent.nodeCount];
  for (const each of notes) inParts(0, length, (from, to) => loops.countHubs(from, to, each));
  for (let hub = 1; hub < count; hub++) first[hubs[hub] as number] = ofHub[hub] as number;
  let sum = 0;
  inParts(0, length, (from, to) => {
    sum = loops.sumCounts(from, to, sum);
  });
  first[length] = sum;
  // Two words an edge.
  inParts(0, loops.listEnd.value, (from, to) => loops.sortMet(from, to));
  const numbers = hubs.slice();
  for (let hub = 1; hub < count; hub++) hubs[hub] = first[hubs[hub] as number] as number;
  for (const each of notes) inParts(0, length, (from, to) => loops.sortHubs(from, to, each));
  for (let hub = 1; hub < count; hub++) first[numbers[hub] as number] = hubs[hub] as number;
}

/** What `immediateDominators` does; the result is in slot 0. */
export function findDominatorsInRoom(room: GraphRoom): void {
  const { loops } = room;
  const length = loops.walked.value;
  downInParts(length - 1, 1, (from, to) => loops.findSemidominators(from, to));
  inParts(1, length, (from, to) => loops.findDominators(from, to));
  room.redirect();
}

/** The columns of nodes that a digest is made of. */
interface Nodes {
  readonly ids: Uint32Array;
  readonly kinds: Int32Array;
  readonly sizes: Uint32Array;
}

/** What `digestOfTree` does. `isNumbered` tells which node ordinals have a number. */
export function digestInRoom(
  room: GraphRoom,
  nodes: Nodes,
  isNumbered: (ordinal: number) => boolean,
  scratch: Scratch,
  withGraph: boolean,
): Digest {
  const { loops, extent } = room;
  const length = loops.walked.value;
  const records = scratch.slotAt(1);
  const root = room.unsigned(records, 3);
  inParts(0, length, (from, to) => loops.beginSums(from, to, records));
  downInParts(length - 1, 1, (from, to) => loops.addUp(from, to, records));
  const { sizes } = nodes;
  const loose: number[] = [];
  if (length < extent.nodeCount) {
    for (let node = 0; node < extent.nodeCount; node++) {
      const size = sizes[node] as number;
      if (size === 0 || isNumbered(node)) continue;
      loose.push(node);
      root[0] = (root[0] as number) + size;
    }
  }
  const walked = root[1] as number;
  const entries = walked + loose.length;
  inParts(0, length, (from, to) => loops.findPlaces(from, to, records));
  const digestAt = room.placeForDigest(digest_bytes(entries, false));
  inParts(0, length, (from, to) => {
    if (withGraph) loops.putBesideGraph(from, to, records, entries);
    else loops.putAlone(from, to, records, entries, digestAt);
  });
  const digest = withGraph
    ? besideGraph(entries, nodes, scratch)
    : digestIn(room.memory.buffer, digestAt, entries, false);
  loose.forEach((node, index) => {
    const at = walked + index;
    const { ordinals, retainedSizes, spans } = digest;
    if (ordinals) ordinals[at] = node;
    else {
      digest.ids[at] = nodes.ids[node] as number;
      digest.kinds[at] = nodes.kinds[node] as number;
      digest.selfSizes[at] = sizes[node] as number;
    }
    (retainedSizes as Uint32Array)[at] = sizes[node] as number;
    (spans as Int32Array)[at] = 1;
  });
  return digest;
}

function besideGraph(length: number, { ids, kinds, sizes }: Nodes, scratch: Scratch): Digest {
  const all = scratch.perEdge(3 * length);
  const spans = all.subarray(length, 2 * length);
  const retainedSizes = new Uint32Array(all.buffer, all.byteOffset, length);
  return { length, ordinals: all.subarray(2 * length), ids, kinds, selfSizes: sizes, retainedSizes, spans };
}

function column_bytes({ extent }: GraphRoom): number {
  return 4 * (extent.nodeCount + 1);
}
