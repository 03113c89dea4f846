import { type GraphRoom, inParts } from './graph-room.ts';
import type { KindTrie } from './kind-trie.ts';

/**
 * What `giveStorageToOwners` does for a snapshot with user roots. `external` are names of natives that are storage. Owners
 * are where edges met are listed later, as the slots may move before they are used.
 */
export function giveStorageInRoom(
  room: GraphRoom,
  rootOrdinal: number,
  trie: KindTrie,
  external: ReadonlySet<number>,
): void {
  const { loops, places, extent } = room;
  const { nodeCount } = extent;
  room.redirect({ slots: places.behind });
  room.words(places.behind, nodeCount).fill(-1);
  room.bytes(places.bits, (nodeCount >>> 3) + 4).fill(0);
  let externalAt = 0;
  if (external.size > 0) {
    externalAt = externalPlace(room);
    const isExternal = room.bytes(externalAt, trie.length).fill(0);
    for (let kind = 0; kind < trie.length; kind++) {
      if (external.has(trie.fact[kind] as number)) isExternal[kind] = 1;
    }
  }
  inParts(0, nodeCount, (from, to) => loops.markStorage(from, to, externalAt));
  inParts(0, nodeCount, (from, to) => loops.findOwners(from, to));
  inParts(0, nodeCount, (from, to) => loops.giveStorage(from, to, rootOrdinal));
  room.redirect();
}

/** Behind the owners: a byte for each kind. */
function externalPlace({ places, extent }: GraphRoom): number {
  return places.behind + 4 * extent.nodeCount;
}

/** Whether there is room for what {@link giveStorageInRoom} notes of `kinds` kinds. */
export function hasRoomForKinds({ places, extent }: GraphRoom, kinds: number): boolean {
  return kinds <= places.behind_bytes - 4 * extent.nodeCount;
}
