// The scanner's inner loops, in AssemblyScript: compiled by `npm run build` in this folder into src/read/scanner-module.ts.
// All offsets are bytes in the module's own memory.

/** Numbers (or positions) written by the last call. */
export let written: u32 = 0;
/** Commas seen by the last call. */
export let commas: u32 = 0;
/** Where the unfinished number starts, or the byte that ended the call. */
export let rest: usize = 0;
/** One more than the index of the first number that does not fit 32 bits; 0 for none. */
export let tooBig: u32 = 0;

/** Eight digits' values, the first in the lowest byte, as one number: three multiplications. */

@inline
function eightDigits(x: u64): u64 {
  x = x * 10 + (x >> 8);
  return (
    ((x & 0x000000ff000000ff) * 0x000f424000000064 + ((x >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32
  );
}

/** The digits that end before `end`, `length` of them, at most eight; what lies before them is masked off. */

@inline
function digitsBefore(end: usize, length: usize): u64 {
  const unused = (8 - length) << 3;
  return eightDigits(((load<u64>(end - 8) & 0x0f0f0f0f0f0f0f0f) >> unused) << unused);
}

/** For each byte, all ones where it is white space of JSON's: found by its lower half in a table of the four there are. */

@inline
function isWhite(bytes: v128): v128 {
  const white = i8x16(0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0x09, 0x0a, 0, 0, 0x0d, 0, 0);
  return i8x16.eq(i8x16.swizzle(white, v128.and(bytes, i8x16.splat(0x0f))), bytes);
}

/**
 * Reads decimal numbers in [from, end) into 32-bit words at `out`. The first number may have begun earlier, at
 * `first`. Returns 1 when it met a byte that is neither digit, comma nor white space, and stops there.
 * At least 16 bytes before `first` and 32 after `end` must be readable; those after must be digits.
 */
export function numbers(first: usize, from: usize, end: usize, out: usize): i32 {
  const zero = i8x16.splat(0x30);
  const nine = i8x16.splat(9);
  const comma = i8x16.splat(0x2c);
  let start = first;
  let to = out;
  let commaCount: u32 = 0;
  let stopped = 0;
  tooBig = 0;
  for (let at = from; at < end; at += 32) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const digits: u32 =
      i8x16.bitmask(i8x16.le_u(i8x16.sub(a, zero), nine)) |
      (i8x16.bitmask(i8x16.le_u(i8x16.sub(b, zero), nine)) << 16);
    let ends: u32 = ~digits;
    let commaBits: u32 = i8x16.bitmask(i8x16.eq(a, comma)) | (i8x16.bitmask(i8x16.eq(b, comma)) << 16);
    if (ends !== commaBits) {
      const white: u32 = i8x16.bitmask(isWhite(a)) | (i8x16.bitmask(isWhite(b)) << 16);
      const foreign = ends & ~commaBits & ~white;
      if (foreign) {
        const stop = ctz<u32>(foreign);
        const upToStop: u32 = <u32>(((<u64>2) << stop) - 1);
        ends &= upToStop;
        commaBits &= upToStop;
        end = at + stop;
        stopped = 1;
      }
    }
    commaCount += popcnt<u32>(commaBits);
    while (ends) {
      const stop = at + ctz<u32>(ends);
      ends &= ends - 1;
      const length = stop - start;
      if (length <= 8) {
        if (length) {
          store<u32>(to, <u32>digitsBefore(stop, length));
          to += 4;
        }
      } else {
        const low = digitsBefore(stop, 8);
        const high = digitsBefore(stop - 8, length > 16 ? 8 : length - 8);
        const value = high * 100000000 + low;
        if ((length > 16 || value > 0xffffffff) && !tooBig) tooBig = 1 + <u32>((to - out) >> 2);
        store<u32>(to, <u32>value);
        to += 4;
      }
      start = stop + 1;
    }
    if (stopped) break;
  }
  written = <u32>((to - out) >> 2);
  commas = commaCount;
  rest = stopped ? end : start;
  return stopped;
}

/**
 * Writes the positions, less `base`, of the quotation marks in [from, end) that no backslash escapes.
 * `skip` is 1 when the byte at `from` is escaped by the one before. Returns that for the next call.
 * 16 bytes after `end` must be readable and hold neither quotation mark nor backslash.
 */
export function quotes(from: usize, end: usize, base: usize, out: usize, skip: i32): i32 {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  let to = out;
  let ignore: usize = skip ? from : 0;
  for (let at = from; at < end; at += 16) {
    const bytes = v128.load(at);
    const slashes: u32 = i8x16.bitmask(i8x16.eq(bytes, backslash));
    let marks: u32 = i8x16.bitmask(i8x16.eq(bytes, quote)) | slashes;
    while (marks) {
      const bit = ctz<u32>(marks);
      marks &= marks - 1;
      const position = at + bit;
      if (position === ignore) continue;
      if ((slashes >> bit) & 1) {
        ignore = position + 1;
      } else {
        store<u32>(to, <u32>(position - base));
        to += 4;
      }
    }
  }
  written = <u32>((to - out) >> 2);
  return ignore >= end ? 1 : 0;
}

/** Whole records read by the last call of `nodes` or `edges`. */
export let records: u32 = 0;
/** Pairs that the last call of `edges` wrote to `rare`. */
export let rareCount: u32 = 0;
/** The greatest string index that `edges` met since it was set to 0. */
export let greatestName: u32 = 0;
/** Edges of all nodes that `nodes` read since it was set to 0. */
export let edgeSum: u32 = 0;
/** Not 0 where the last call of `nodes` met one whose detachedness is not 0. */
export let detached: u32 = 0;

/** The digits of [end - length, end); beyond 32 bits where it is no number, or too great a one. */

@inline
function decimal(end: usize, length: usize): u64 {
  return length - 1 < 8 ? digitsBefore(end, length) : longDecimal(end, length);
}

function longDecimal(end: usize, length: usize): u64 {
  if (length === 0 || length > 16) return u64.MAX_VALUE;
  return digitsBefore(end - 8, length - 8) * 100000000 + digitsBefore(end, 8);
}

/** Two numbers of eight digits each, the lower in the first eight bytes, as the first two words: four steps for both. */

@inline
function twoNumbers(digits: v128): v128 {
  const tens = i16x8.mul(v128.and(digits, i16x8.splat(0xff)), i16x8.splat(10));
  const pairs = i16x8.add(tens, i16x8.shr_u(digits, 8));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const narrow = i16x8.narrow_i32x4_s(fours, fours);
  return i32x4.dot_i16x8_s(narrow, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
}

/** Eight bytes that end before `end`, all but the last `length` of them 0. */

@inline
function lastBytes(end: usize, length: usize): u64 {
  const unused = (8 - length) << 3;
  return (load<u64>(end - 8) >> unused) << unused;
}

/** As `decimal`, for what is one digit mostly. */

@inline
function shortDecimal(end: usize, length: usize): u64 {
  return length === 1 ? <u64>load<u8>(end - 1) - 0x30 : decimal(end, length);
}

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

/** A bit for each of the 32 bytes at `at`, set where it is no digit. */

@inline
function endsAt(at: usize): u32 {
  const zero = i8x16.splat(0x30);
  const nine = i8x16.splat(9);
  return ~(
    i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(at), zero), nine)) |
    (i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(at, 16), zero), nine)) << 16)
  );
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
 */
export function nodes(
  from: usize,
  end: usize,
  most: u32,
  mostEdges: u32,
  typeCount: u32,
  fieldCount: u32,
  detachednessAt: u32,
  types: usize,
  names: usize,
  ids: usize,
  sizes: usize,
  firstEdges: usize,
  states: usize,
): usize {
  let at = from;
  let count: u32 = 0;
  let sum = edgeSum;
  let anyState: u64 = 0;
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
    if (fieldCount > 5) {
      if (load<u8>(at + last) !== 0x2c) break;
      ends &= ends - 1;
      const fieldEnd = <usize>ctz<u64>(ends);
      if (fieldEnd > 63) break;
      const value = shortDecimal(at + fieldEnd, fieldEnd - last - 1);
      if (value > 0x7fffffff) break;
      if (detachednessAt === 5) state = value;
      last = fieldEnd;
    }
    if (fieldCount > 6) {
      if (load<u8>(at + last) !== 0x2c) break;
      ends &= ends - 1;
      const fieldEnd = <usize>ctz<u64>(ends);
      if (fieldEnd > 63) break;
      const value = shortDecimal(at + fieldEnd, fieldEnd - last - 1);
      if (value > 0x7fffffff) break;
      if (detachednessAt === 6) state = value;
      last = fieldEnd;
    }
    const passed = passComma(at + last);
    if (passed === 0 || edgeCount > <u64>(mostEdges - sum)) break;
    store<u8>(types + count, <u8>type);
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
  return at;
}
