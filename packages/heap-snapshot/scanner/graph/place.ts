// Where everything lies in the memory that the loops share; addresses are bytes. See src/graph/graph-room.ts.

export let nodeCount: u32 = 0;
/** For each node ordinal: its kind, own size, type, first edge; and V8's id. */
export let kinds: usize = 0;
export let ids: usize = 0;
export let sizes: usize = 0;
export let types: usize = 0;
export let firstEdges: usize = 0;
/** For each edge ordinal, the packed edge. */
export let edges: usize = 0;
/** Slots of one word for each node, and one more. */
export let slots: usize = 0;
export let slot_bytes: usize = 0;
/** Two bytes for each node: all the first ones, then all the second ones. */
export let hubOf: usize = 0;
/** Words: one for each edge or three for each node. */
export let room: usize = 0;
/** Words: two for each edge or three for each node. */
export let behind: usize = 0;
/** Three words for each node: stacks. */
export let stack: usize = 0;
/** A word for each node. */
export let passed: usize = 0;
/** A bit for each node. */
export let bits: usize = 0;
/** The same again. */
export let heldBits: usize = 0;
/** Words for 256 hubs: their numbers, then how many edges to each are listed. */
export let hubs: usize = 0;
export let listedOfHub: usize = 0;

/** To be called before anything else. Columns and rooms are in the order of their declaration here. */
export function place(
  count: u32,
  head: usize,
  columns: usize,
  typesAt: usize,
  firstEdgesAt: usize,
  edgesAt: usize,
  slotsAt: usize,
  hubOfAt: usize,
  roomAt: usize,
  behindAt: usize,
  stackAt: usize,
  bitsAt: usize,
  heldBitsAt: usize,
): void {
  nodeCount = count;
  slot_bytes = (<usize>count + 1) << 2;
  hubs = head;
  listedOfHub = head + 1024;
  kinds = columns;
  ids = columns + slot_bytes;
  sizes = ids + slot_bytes;
  types = typesAt;
  firstEdges = firstEdgesAt;
  edges = edgesAt;
  slots = slotsAt;
  hubOf = hubOfAt;
  room = roomAt;
  behind = behindAt;
  stack = stackAt;
  passed = stackAt + 3 * slot_bytes;
  bits = bitsAt;
  heldBits = heldBitsAt;
}

@inline
export function slot(index: usize): usize {
  return slots + index * slot_bytes;
}

/** The word at `index` from `base`. */

@inline
export function at(base: usize, index: u32): u32 {
  return load<u32>(base + (<usize>index << 2));
}

@inline
export function put(base: usize, index: u32, value: u32): void {
  store<u32>(base + (<usize>index << 2), value);
}

@inline
export function hasBit(base: usize, index: u32): bool {
  return ((load<u32>(base + (<usize>(index >>> 5) << 2)) >>> (index & 31)) & 1) !== 0;
}

@inline
export function setBit(base: usize, index: u32): void {
  const word = base + (<usize>(index >>> 5) << 2);
  store<u32>(word, load<u32>(word) | (<u32>1 << (index & 31)));
}

/** Where a packed edge leads. */

@inline
export function targetOf(packed: u32): u32 {
  return packed & 0x07ffffff;
}

@inline
export function isWeak(packed: u32): bool {
  return ((packed >>> 28) & 7) === 6;
}
