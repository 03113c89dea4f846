// The names of WeakMaps' entries.

/** `) pair in WeakMap (table @` */
const tableText = memory.data<u8>([41, 32, 112, 97, 105, 114, 32, 105, 110, 32, 87, 101, 97, 107, 77, 97, 112, 32, 40, 116, 97, 98, 108, 101, 32, 64]);
const tableText_bytes: usize = 26;
/** `) -> value (` */
const valueText = memory.data<u8>([41, 32, 45, 62, 32, 118, 97, 108, 117, 101, 32, 40]);
const valueText_bytes: usize = 12;
/** ` / part of key (` */
const keyText = memory.data<u8>([32, 47, 32, 112, 97, 114, 116, 32, 111, 102, 32, 107, 101, 121, 32, 40]);
const keyText_bytes: usize = 16;

/**
 * The id of the table that a WeakMap's entry is in, by the name V8 gives the two edges, from key and from table, to the
 * entry's value: `7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)`, the bytes of [start, end).
 * -1 where it is no such name.
 */
export function weakMapTableId(start: usize, end: usize): f64 {
  if (end === start || load<u8>(end - 1) !== 0x29) return -1;
  const firstDigit = digitsBegin(start, end - 1);
  if (firstDigit === end - 1 || !endsWith(start, firstDigit, tableText, tableText_bytes)) return -1;
  const valueId = idBegins(start, firstDigit - tableText_bytes);
  if (valueId === 0) return -1;
  let at = start;
  while (at < valueId && isDigit(load<u8>(at))) at++;
  const keyStart = at + keyText_bytes;
  if (at === start || keyStart > valueId || !endsWith(start, keyStart, keyText, keyText_bytes)) return -1;
  if (!hasKey(keyStart, valueId)) return -1;
  let id: f64 = 0;
  for (let digit = firstDigit; digit < end - 1; digit++) id = id * 10 + <f64>(load<u8>(digit) - 0x30);
  return id;
}

/** Where the key's id ends the value's part begins; names may hold anything, so it is looked for. */
function hasKey(start: usize, end: usize): bool {
  for (let at = end; at > start; at--) {
    if (load<u8>(at - 1) !== 0x28 || !endsWith(start, at, valueText, valueText_bytes)) continue;
    if (idBegins(start, at - valueText_bytes) !== 0) return true;
  }
  return false;
}

/** Where the digits of an id that ends at `end` begin, ` @` before them; 0 where there is none. */
function idBegins(start: usize, end: usize): usize {
  const at = digitsBegin(start, end);
  return at === end || at < start + 2 || load<u8>(at - 1) !== 0x40 || load<u8>(at - 2) !== 0x20 ? 0 : at;
}

/** Where the digits that end at `end` begin; `end` where there are none. */
function digitsBegin(start: usize, end: usize): usize {
  let at = end;
  while (at > start && isDigit(load<u8>(at - 1))) at--;
  return at;
}

/** Whether `text` stands before `end`, from `start` on. */
function endsWith(start: usize, end: usize, text: usize, length: usize): bool {
  if (end < start + length) return false;
  for (let at: usize = 1; at <= length; at++) {
    if (load<u8>(end - at) !== load<u8>(text + length - at)) return false;
  }
  return true;
}

@inline
function isDigit(byte: u8): bool {
  return <u8>(byte - 0x30) <= 9;
}
