import type { Scanner } from './scanner.ts';

/** What was read of a block's numbers into the scanner's words. */
export interface Scanned {
  /** Whether a byte ended it that belongs to no number; that byte is at `rest`. */
  readonly stopped: boolean;
  /** Numbers that were written. */
  readonly written: number;
  readonly commas: number;
  /** Where the unfinished number begins, with its minus; or the byte that ended it. */
  readonly rest: number;
  /** Whether one of them does not fit its word. */
  readonly tooBig: boolean;
}

const minus = 0x2d;
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Reads the numbers of [first, end) into the scanner's words behind the first `kept`; none may have a minus. */
export function scanNumbers(scanner: Scanner, first: number, end: number, kept: number): Scanned {
  const stopped = scanner.numbers(first, first, end, kept);
  const { written, commas, rest } = scanner;
  return { stopped, written, commas, rest, tooBig: scanner.tooBig !== 0 };
}

/**
 * The same where numbers may have a minus. The scanner's loop, which most of a file is read by, knows of none: it stops at
 * each, and is started again behind it. They are rare.
 */
export function scanSigned(scanner: Scanner, first: number, end: number, kept: number): Scanned {
  const { bytes } = scanner;
  let { stopped, written, commas, rest, tooBig } = scanNumbers(scanner, first, end, kept);
  while (stopped && bytes[rest] === minus && !(rest > first && isDigit(bytes[rest - 1]))) {
    const digits = rest + 1;
    if (digits === end) return { stopped: false, written, commas, rest, tooBig };
    if (!isDigit(bytes[digits])) break;
    const at = kept + written;
    const next = scanNumbers(scanner, digits, end, at);
    const unfinished = next.rest === digits;
    if (!unfinished) {
      const value = scanner.out[at] as number;
      tooBig ||= value > 2 ** 31;
      scanner.out[at] = -value;
    }
    written += next.written;
    commas += next.commas;
    tooBig ||= next.tooBig;
    stopped = next.stopped;
    rest = unfinished ? rest : next.rest;
  }
  return { stopped, written, commas, rest, tooBig };
}
