import { type GraphRoom, inParts } from './graph-room.ts';
import type { KindTrie } from './kind-trie.ts';

/** What `giveStorageToOwners` does for a snapshot with user roots. `external` are names of natives that are storage. */
export function giveStorageInRoom(
  room: GraphRoom,
  rootOrdinal: number,
  trie: KindTrie,
  external: ReadonlySet<number>,
): void {
  const { loops, places, extent } = room;
  const { nodeCount } = extent;
  room.words(places.slots, nodeCount).fill(-1);
  room.bytes(places.bits, (nodeCount >>> 3) + 4).fill(0);
  let externalAt = 0;
  if (external.size > 0) {
    externalAt = places.behind;
    const isExternal = room.bytes(externalAt, trie.length).fill(0);
    for (let kind = 0; kind < trie.length; kind++) {
      if (external.has(trie.fact[kind] as number)) isExternal[kind] = 1;
    }
  }
  inParts(0, nodeCount, (from, to) => loops.markStorage(from, to, externalAt));
  inParts(0, nodeCount, (from, to) => loops.findOwners(from, to));
  inParts(0, nodeCount, (from, to) => loops.giveStorage(from, to, rootOrdinal));
}
