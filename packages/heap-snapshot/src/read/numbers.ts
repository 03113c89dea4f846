import { SnapshotError } from '../errors.ts';
import type { Cursor } from './cursor.ts';
import { RecordError } from './node-columns.ts';
import { scanNumbers, scanSigned } from './scan-numbers.ts';
import { blockAt, type Scanner } from './scanner.ts';

/** Where, in the file, runs of an array's numbers begin: enough to read any of them again. */
export interface NumberIndex {
  /** For each run, the index of its first number. */
  readonly firsts: number[];
  /** For each run, the offset of that number's first byte. */
  readonly offsets: number[];
  /** Numbers in all. */
  readonly total: number;
}

/** What becomes of an array's records. */
export interface RecordTaker {
  /** Whether numbers may have a minus. */
  readonly signed?: boolean;
  /**
   * Takes whole records from the first `count` numbers; returns how many numbers it took. They are unsigned however typed,
   * but for those of a taker that is `signed`.
   */
  take(numbers: Int32Array | Float64Array, count: number): number;
  /**
   * Takes records that are written in the usual way from the bytes [from, end) of the scanner's memory. Returns where
   * the first one left begins, and how many numbers there were before.
   */
  takeText?(scanner: Scanner, from: number, end: number): { readonly rest: number; readonly numbers: number };
}

/** Longer numbers than this are no numbers of V8's. */
const mostDigits = 40;
/** So much of a block may be left to the next one, as the beginning of a record. */
const mostLeft_bytes = 80;

/**
 * Reads an array of numbers, from behind its `[` to behind its `]`, handing them over block by block.
 * Throws {@link SnapshotError} for anything else, and for what `take` throws a {@link RecordError}.
 */
export function readNumbers(cursor: Cursor, field: string, taker: RecordTaker): NumberIndex {
  const { scanner } = cursor;
  const scan = taker.signed ? scanSigned : scanNumbers;
  const index = { firsts: [] as number[], offsets: [] as number[] };
  let total = 0;
  let commas = 0;
  let kept = 0;
  let unfinished = 0;
  const note = (first: number) => {
    index.firsts.push(total);
    index.offsets.push(cursor.blockOffset + first - blockAt);
  };
  for (;;) {
    const end = blockAt + cursor.length;
    let first = blockAt + cursor.at - unfinished;
    if (kept === 0 && taker.takeText) {
      note(first);
      const { rest, numbers } = taker.takeText(scanner, first, end);
      total += numbers;
      commas += numbers;
      first = rest;
    }
    if (kept === 0 && mayContinue(scanner, first, end)) unfinished = end - first;
    else {
      note(first);
      const { stopped, written, rest, tooBig, ...scanned } = scan(scanner, first, end, kept);
      commas += scanned.commas;
      const count = kept + written;
      const numbers = tooBig ? wideNumbers(cursor, first, rest, kept) : scanner.signed;
      let taken = 0;
      try {
        taken = taker.take(numbers, count);
      } catch (error) {
        if (error instanceof RecordError) throw explain(error, cursor, first, kept);
        throw error;
      }
      total += written;
      scanner.out.copyWithin(0, taken, count);
      kept = count - taken;
      if (stopped) {
        cursor.at = rest - blockAt;
        break;
      }
      unfinished = end - rest;
      if (unfinished > mostDigits) {
        cursor.at = rest - blockAt;
        throw cursor.unexpected(`a number of ${mostDigits} digits at most`, field);
      }
    }
    scanner.bytes.copyWithin(blockAt - unfinished, end - unfinished, end);
    cursor.at = cursor.length;
    if (!cursor.nextBlock()) throw cursor.truncated('the end of the array', field);
  }
  if (scanner.bytes[blockAt + cursor.at] !== 0x5d) throw cursor.unexpected('a number, "," or "]"', field);
  const separators = Math.max(0, total - 1);
  if (commas !== separators) {
    throw cursor.unexpected(
      `${separators} commas between ${total} numbers, not ${commas}, before this`,
      field,
    );
  }
  if (kept !== 0) throw cursor.unexpected(`whole records, not ${kept} numbers more, before this`, field);
  cursor.at++;
  return { ...index, total };
}

/** Whether [first, end) may be left to the next block: short, and nothing but numbers and commas. */
function mayContinue({ bytes }: Scanner, first: number, end: number): boolean {
  if (end - first > mostLeft_bytes) return false;
  for (let at = first; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte !== 0x2c && byte !== 0x0a && (byte < 0x30 || byte > 0x39)) return false;
  }
  return true;
}

/** Reads the numbers of [first, end) once more, with more than 32 bits. The first `kept` are as they were. */
function wideNumbers(cursor: Cursor, first: number, end: number, kept: number): Float64Array {
  const { scanner } = cursor;
  const text = Buffer.from(scanner.bytes.subarray(first, end)).toString('latin1');
  const values = Array.from(text.matchAll(/-?\d+/g), ([digits]) => Number(digits));
  return Float64Array.from([...scanner.out.subarray(0, kept), ...values]);
}

function explain(error: RecordError, cursor: Cursor, first: number, kept: number): SnapshotError {
  let byte = cursor.blockOffset + first - blockAt;
  if (error.index >= kept) {
    const text = Buffer.from(cursor.scanner.bytes.subarray(first, blockAt + cursor.length)).toString(
      'latin1',
    );
    let left = error.index - kept;
    for (const match of text.matchAll(/-?\d+/g)) {
      if (left-- === 0) byte += match.index;
    }
  }
  const { name } = cursor.file;
  return new SnapshotError(
    `${name}: byte ${byte}, field ${error.field}: expected ${error.expected}, came ${error.came}. ` +
      'The file is damaged or was cut and joined: copy it again or take it again.',
    { path: name, byte, field: error.field },
  );
}
