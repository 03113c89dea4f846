// Whole records of nodes and edges, as V8 writes them.
import { decimal, endsAt, lastBytes, shortDecimal, twoNumbers } from './digits';

/** Whole records read by the last call of `nodes` or `edges`. */
export let records: u32 = 0;
/** Pairs that the last call of `edges` wrote to `rare`. */
export let rareCount: u32 = 0;
/** The greatest string index that `edges` or `nodes` met since it was set to 0. */
export let greatestName: u32 = 0;
/** Edges of all nodes that `nodes` read since it was set to 0. */
export let edgeSum: u32 = 0;
/** Not 0 where the last call of `nodes` met one whose detachedness is not 0. */
export let detached: u32 = 0;
/** Own sizes of the nodes that the last call of `nodes` read, together. */
export let sizeSum: f64 = 0;
/** Nodes that the last call of `nodes` wrote to `asked`. */
export let askedCount: u32 = 0;

/** For each two lengths from 1 to 8, which of 16 bytes to take so that numbers of so many digits, a byte apart, fill 8 each. */
const alignments = memory.data(1024, 16);
for (let first = 0; first < 8; first++) {
  for (let second = 0; second < 8; second++) {
    const row = alignments + ((first << 3) << 4) + (second << 4);
    for (let at = 0; at < 8; at++) {
      store<u8>(row + at, at < 7 - first ? 0xff : at - (7 - first));
      store<u8>(row + at, at < 7 - second ? 0xff : first + 2 + at - (7 - second), 8);
    }
  }
}

/** Bytes from `at` to behind the comma that ends a record there, which may stand on a line of its own; 0 for others. */

@inline
function passComma(at: usize): usize {
  const byte = load<u8>(at);
  if (byte === 0x2c) return 1;
  return byte === 0x0a && load<u8>(at, 1) === 0x2c ? 2 : 0;
}

/**
 * Reads records of type, name or index, and target from [from, end), as V8 writes them: no more than `most`, and none
 * that is in any way unusual, which is left to `numbers`. Returns where the first unread one begins.
 *
 * Writes packed edges (the type's word of `types`, and the target's ordinal) and names; and pairs of edge ordinal,
 * from `firstEdge`, and name to `rare` where an internal edge's name was met twice at most. `uses`, of `usesLength`
 * bytes, counts that, up to 3. In a type's word 27 bits are free: the lowest says that there is a name, the next that
 * the edge is internal.
 */
export function edges(
  from: usize,
  end: usize,
  most: u32,
  firstEdge: u32,
  typeCount: u32,
  types: usize,
  nodeFieldCount: u32,
  nodeCount: u32,
  uses: usize,
  usesLength: u32,
  packed: usize,
  names: usize,
  rare: usize,
): usize {
  const perField: f64 = 1.0 / <f64>nodeFieldCount;
  const zero = i8x16.splat(0x30);
  const nine = i8x16.splat(9);
  let at = from;
  let count: u32 = 0;
  let rareTo = rare;
  let greatest = greatestName;
  while (count < most && at + 40 <= end) {
    const rawType = <u32>load<u8>(at) - 0x30;
    if (load<u8>(at, 1) !== 0x2c || rawType >= typeCount) break;
    const bytes = i8x16.sub(v128.load(at, 2), zero);
    let ends: u32 = ~i8x16.bitmask(i8x16.le_u(bytes, nine));
    const nameLength = ctz<u32>(ends);
    ends &= ends - 1;
    let targetEnd = at + 2 + ctz<u32>(ends);
    const targetLength = <u32>(targetEnd - at) - nameLength - 3;
    if (load<u8>(at + nameLength, 2) !== 0x2c) break;
    let name: u32;
    let toNode: u32;
    // Where they do not end within 16 bytes the second seems to end there, but no comma follows.
    let passed = passComma(targetEnd);
    if (((nameLength - 1) | (targetLength - 1)) <= 7 && passed !== 0) {
      const row = alignments + ((((nameLength - 1) << 3) + targetLength - 1) << 4);
      const values = twoNumbers(i8x16.swizzle(bytes, v128.load(row)));
      name = <u32>i32x4.extract_lane(values, 0);
      toNode = <u32>i32x4.extract_lane(values, 1);
    } else {
      let ends = endsAt(at + 2);
      const nameEnd = ctz<u32>(ends);
      ends &= ends - 1;
      const stop = ctz<u32>(ends);
      if (stop > 29) break;
      targetEnd = at + 2 + stop;
      passed = passComma(targetEnd);
      const long = decimal(at + 2 + nameEnd, nameEnd) | decimal(targetEnd, stop - nameEnd - 1);
      if (passed === 0 || long > 0x7fffffff || load<u8>(at + nameEnd, 2) !== 0x2c) break;
      name = <u32>decimal(at + 2 + nameEnd, nameEnd);
      toNode = <u32>decimal(targetEnd, stop - nameEnd - 1);
    }
    const target = <u32>(<f64>(<i32>toNode) * perField + 0.01);
    if (target * nodeFieldCount !== toNode || target >= nodeCount) break;
    const word = load<u32>(types + (rawType << 2));
    // Byte 0 of `uses` is 3, and looked at for edges that are not internal.
    const use = (name + 1) & (0 - ((word >> 1) & 1));
    if (use > usesLength) break;
    const used = load<u8>(uses + use);
    if (used < 3) {
      store<u8>(uses + use, used + 1);
      if (used < 2) {
        store<u32>(rareTo, firstEdge + count);
        store<u32>(rareTo, name, 4);
        rareTo += 8;
      }
    }
    const named = name & (0 - (word & 1));
    greatest = named > greatest ? named : greatest;
    store<u32>(packed + (count << 2), target | (word & 0xf8000000));
    store<u32>(names + (count << 2), name);
    count++;
    at = targetEnd + passed;
  }
  records = count;
  rareCount = <u32>((rareTo - rare) >> 3);
  greatestName = greatest;
  return at;
}

/**
 * Reads records of type, name, id, own size, number of edges, and at most two fields more, as `edges` does. Writes
 * each field to where it is told; for the number of edges the sum over all nodes before. Of the fields beyond, the one at
 * `detachednessAt`, if any, is written to `states`.
 *
 * `typeTable` has two words for each raw type: what is written of it, and the kind of its nodes, or -1 where that follows from
 * the name by `kindOfName`, of `nameCount` words. Where it says 0, and for types whose kind is -2, a node's place among those
 * read is written to `asked`.
 */
export function nodes(
  from: usize,
  end: usize,
  most: u32,
  mostEdges: u32,
  typeCount: u32,
  fieldCount: u32,
  detachednessAt: u32,
  typeTable: usize,
  kindOfName: usize,
  nameCount: u32,
  types: usize,
  names: usize,
  ids: usize,
  sizes: usize,
  firstEdges: usize,
  states: usize,
  kinds: usize,
  asked: usize,
): usize {
  let at = from;
  let count: u32 = 0;
  let sum = edgeSum;
  let anyState: u64 = 0;
  let allSizes: u64 = 0;
  let greatest = greatestName;
  let askedTo = asked;
  while (count < most && at + 72 <= end) {
    let ends: u64 = <u64>endsAt(at) | (<u64>endsAt(at + 32) << 32);
    const typeEnd = <usize>ctz<u64>(ends);
    ends &= ends - 1;
    const nameEnd = <usize>ctz<u64>(ends);
    ends &= ends - 1;
    const idEnd = <usize>ctz<u64>(ends);
    ends &= ends - 1;
    const sizeEnd = <usize>ctz<u64>(ends);
    ends &= ends - 1;
    const edgesEnd = <usize>ctz<u64>(ends);
    if (typeEnd - 1 > 1 || edgesEnd > 63) break;
    const commas =
      (load<u8>(at + typeEnd) ^ 0x2c) |
      (load<u8>(at + nameEnd) ^ 0x2c) |
      (load<u8>(at + idEnd) ^ 0x2c) |
      (load<u8>(at + sizeEnd) ^ 0x2c);
    if (commas !== 0) break;
    const type = shortDecimal(at + typeEnd, typeEnd);
    const nameLength = nameEnd - typeEnd - 1;
    const idLength = idEnd - nameEnd - 1;
    let name: u64;
    let id: u64;
    if (((nameLength - 1) | (idLength - 1)) <= 7) {
      const bytes = i64x2(0, 0);
      const both = i64x2.replace_lane(
        i64x2.replace_lane(bytes, 0, lastBytes(at + nameEnd, nameLength)),
        1,
        lastBytes(at + idEnd, idLength),
      );
      const values = twoNumbers(v128.and(both, i8x16.splat(0x0f)));
      name = <u64>(<u32>i32x4.extract_lane(values, 0));
      id = <u64>(<u32>i32x4.extract_lane(values, 1));
    } else {
      name = decimal(at + nameEnd, nameLength);
      id = decimal(at + idEnd, idLength);
    }
    const size = decimal(at + sizeEnd, sizeEnd - idEnd - 1);
    const edgeCount = shortDecimal(at + edgesEnd, edgesEnd - sizeEnd - 1);
    if (type >= typeCount || (name | edgeCount) > 0x7fffffff || (id | size) > 0xffffffff) break;
    let last = edgesEnd;
    let state: u64 = 0;
    let field: u32 = 5;
    for (; field < fieldCount; field++) {
      if (load<u8>(at + last) !== 0x2c) break;
      ends &= ends - 1;
      const fieldEnd = <usize>ctz<u64>(ends);
      if (fieldEnd > 63) break;
      const value = shortDecimal(at + fieldEnd, fieldEnd - last - 1);
      if (value > 0x7fffffff) break;
      if (detachednessAt === field) state = value;
      last = fieldEnd;
    }
    if (field < fieldCount) break;
    const passed = passComma(at + last);
    if (passed === 0 || edgeCount > <u64>(mostEdges - sum)) break;
    const row = typeTable + (<usize>type << 3);
    let kind = load<i32>(row, 4);
    if (kind < 0) {
      if (kind === -1 && <u32>name < nameCount) kind = load<i32>(kindOfName + (<usize>name << 2));
      if (kind <= 0) {
        store<u32>(askedTo, count);
        askedTo += 4;
      }
    }
    greatest = <u32>name > greatest ? <u32>name : greatest;
    allSizes += size;
    store<u8>(types + count, load<u8>(row));
    store<i32>(kinds + (count << 2), kind);
    store<u32>(names + (count << 2), <u32>name);
    store<u32>(ids + (count << 2), <u32>id);
    store<u32>(sizes + (count << 2), <u32>size);
    store<u32>(firstEdges + (count << 2), sum);
    store<u8>(states + count, <u8>(state & 3));
    anyState |= state;
    sum += <u32>edgeCount;
    count++;
    at += last + passed;
  }
  records = count;
  edgeSum = sum;
  detached = <u32>anyState;
  sizeSum = <f64>allSizes;
  greatestName = greatest;
  askedCount = <u32>((askedTo - asked) >> 2);
  return at;
}
