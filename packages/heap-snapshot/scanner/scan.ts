// The scanner's inner loops, in AssemblyScript: compiled by `npm run build` in this folder into src/read/scanner-module.ts.
// All offsets are bytes in the module's own memory. Here is what reads any numbers and strings.
import { digitsBefore } from './digits';

export * from './entries';
export * from './records';
export * from './strings';

/** Numbers (or positions) written by the last call. */
export let written: u32 = 0;
/** Commas seen by the last call. */
export let commas: u32 = 0;
/** Where the unfinished number starts, or the byte that ended the call. */
export let rest: usize = 0;
/** One more than the index of the first number that does not fit 32 bits; 0 for none. */
export let tooBig: u32 = 0;

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
