// Decimal digits to numbers, eight at a time.

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
export function digitsBefore(end: usize, length: usize): u64 {
  const unused = (8 - length) << 3;
  return eightDigits(((load<u64>(end - 8) & 0x0f0f0f0f0f0f0f0f) >> unused) << unused);
}

/** The digits of [end - length, end); beyond 32 bits where it is no number, or too great a one. */

@inline
export function decimal(end: usize, length: usize): u64 {
  return length - 1 < 8 ? digitsBefore(end, length) : longDecimal(end, length);
}

function longDecimal(end: usize, length: usize): u64 {
  if (length === 0 || length > 16) return u64.MAX_VALUE;
  return digitsBefore(end - 8, length - 8) * 100000000 + digitsBefore(end, 8);
}

/** Two numbers of eight digits each, the lower in the first eight bytes, as the first two words: four steps for both. */

@inline
export function twoNumbers(digits: v128): v128 {
  const tens = i16x8.mul(v128.and(digits, i16x8.splat(0xff)), i16x8.splat(10));
  const pairs = i16x8.add(tens, i16x8.shr_u(digits, 8));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const narrow = i16x8.narrow_i32x4_s(fours, fours);
  return i32x4.dot_i16x8_s(narrow, i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
}

/** Eight bytes that end before `end`, all but the last `length` of them 0. */

@inline
export function lastBytes(end: usize, length: usize): u64 {
  const unused = (8 - length) << 3;
  return (load<u64>(end - 8) >> unused) << unused;
}

/** As `decimal`, for what is one digit mostly. */

@inline
export function shortDecimal(end: usize, length: usize): u64 {
  return length === 1 ? <u64>load<u8>(end - 1) - 0x30 : decimal(end, length);
}

/** A bit for each of the 32 bytes at `at`, set where it is no digit. */

@inline
export function endsAt(at: usize): u32 {
  const zero = i8x16.splat(0x30);
  const nine = i8x16.splat(9);
  return ~(
    i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(at), zero), nine)) |
    (i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(at, 16), zero), nine)) << 16)
  );
}
