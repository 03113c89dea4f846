import type { Cursor } from './cursor.ts';

const quote = 0x22;
const backslash = 0x5c;
/** A header of V8's has 2 KB; a key a few bytes. */
const mostText_bytes = 4 * 1024 * 1024;

/** Passes a value of any kind and returns its text. Throws SnapshotError. */
export function readValueText(cursor: Cursor, field: string): string {
  const bytes: number[] = [];
  passValue(cursor, field, (byte) => {
    bytes.push(byte);
    if (bytes.length > mostText_bytes)
      throw cursor.unexpected(`a value of ${mostText_bytes} bytes at most`, field);
  });
  return Buffer.from(bytes).toString('utf8');
}

/** Passes a value of any kind. Throws SnapshotError where the file ends in it. */
export function passValue(cursor: Cursor, field: string, onByte: (byte: number) => void = () => {}): void {
  let depth = 0;
  const first = cursor.peek();
  if (first === -1) throw cursor.truncated('a value', field);
  const next = (): number => {
    const byte = cursor.next();
    if (byte === -1) throw cursor.truncated('the end of the value', field);
    onByte(byte);
    return byte;
  };
  do {
    const byte = next();
    if (byte === quote) {
      for (let inside = next(); inside !== quote; inside = next()) {
        if (inside === backslash) next();
      }
    } else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
    if (depth === 0 && !isScalarByte(byte)) return;
    // A number or a word ends before what follows it.
    if (depth === 0 && !isScalarByte(peekByte(cursor))) return;
  } while (depth >= 0);
  throw cursor.unexpected('a value', field);
}

function peekByte(cursor: Cursor): number {
  const byte = cursor.next();
  if (byte !== -1) cursor.at--;
  return byte;
}

function isScalarByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  );
}

/** Passes a key and its colon. Throws SnapshotError. */
export function readKey(cursor: Cursor): string {
  if (cursor.peek() !== quote) throw cursor.unexpected('a key in quotation marks', '(top level)');
  const text = readValueText(cursor, '(top level)');
  cursor.expect(':', text);
  try {
    return JSON.parse(text) as string;
  } catch {
    throw cursor.unexpected('a key', '(top level)');
  }
}
