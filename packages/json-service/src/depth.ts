const quote = 0x22;
const backslash = 0x5c;
/** A bracket and a brace differ from each other by this bit alone: `[` and `{`, `]` and `}`. */
const braceBit = 0x20;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Whether lists and objects in a JSON text lie deeper in each other than `most`. Parsing such a text takes some 70 bytes for
 * each of its own: a body of 5 MB that only opens brackets would end the process.
 */
export function isDeeperThan(json: Uint8Array, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] as number;
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if ((byte | braceBit) === openBrace) {
      depth += 1;
      if (depth > most) return true;
    } else if ((byte | braceBit) === closeBrace) depth -= 1;
  }
  return false;
}
