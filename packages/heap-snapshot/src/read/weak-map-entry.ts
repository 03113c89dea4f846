const openingParenthesis = 0x28;
const closingParenthesis = 0x29;

/**
 * The id of the table that a WeakMap's entry is in, by the name V8 gives the two edges, from key and from table, to the
 * entry's value: `7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)`, the bytes of [start, end).
 * -1 where it is no such name. Snapshots may hold one for each object, so nothing is decoded.
 */
export function weakMapTableId(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end - 1] !== closingParenthesis) return -1;
  const firstDigit = digitsBefore(bytes, start, end - 1);
  const valueEnd = passBackwards(bytes, start, firstDigit, tableText);
  if (firstDigit === end - 1 || valueEnd === -1) return -1;
  const valueId = digitsBefore(bytes, start, valueEnd);
  if (valueId === valueEnd || passBackwards(bytes, start, valueId, idText) === -1) return -1;
  const keyStart = passForwards(bytes, start, valueId);
  if (keyStart === -1 || !hasKey(bytes, keyStart, valueId)) return -1;
  let id = 0;
  for (let at = firstDigit; at < end - 1; at++) id = id * 10 + (bytes[at] as number) - 0x30;
  return id;
}

const tableText = Buffer.from(') pair in WeakMap (table @');
const valueText = Buffer.from(') -> value (');
const idText = Buffer.from(' @');
const keyText = Buffer.from(' / part of key (');

/** Where the key's id ends the value's part begins; names may hold anything, so it is looked for. */
function hasKey(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = end; at > start; at--) {
    if (bytes[at - 1] !== openingParenthesis) continue;
    const keyIdEnd = passBackwards(bytes, start, at, valueText);
    if (keyIdEnd === -1) continue;
    const keyId = digitsBefore(bytes, start, keyIdEnd);
    if (keyId !== keyIdEnd && passBackwards(bytes, start, keyId, idText) !== -1) return true;
  }
  return false;
}

/** Where the digits that end at `end` begin; `end` where there are none. */
function digitsBefore(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && isDigit(bytes[at - 1] as number)) at--;
  return at;
}

/** Where `text`, which is to end at `end`, begins; -1 where it is another. */
function passBackwards(bytes: Uint8Array, start: number, end: number, text: Uint8Array): number {
  const from = end - text.length;
  if (from < start) return -1;
  for (let at = text.length - 1; at >= 0; at--) if (bytes[from + at] !== text[at]) return -1;
  return from;
}

/** Behind the entry's number and what follows it; -1 where it is another. */
function passForwards(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(bytes[at] as number)) at++;
  const keyStart = at + keyText.length;
  return at === start || keyStart > end || passBackwards(bytes, start, keyStart, keyText) === -1
    ? -1
    : keyStart;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
