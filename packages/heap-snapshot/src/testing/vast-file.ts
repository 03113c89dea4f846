import type { DecodedFile } from '../read/decoded-file.ts';
import { type TinyNode, tinySnapshot } from './tiny-snapshot.ts';

/** A part of a file: bytes, or one byte many times. */
export type Part = Uint8Array | { readonly byte: number; readonly length: number };

/** Where, in the text of a snapshot, how many bytes are put in that change nothing of what it says. */
export interface Padding {
  /** Blanks between the first node and the second. */
  readonly inNodes?: number;
  /** Blanks between the first edge and the second. */
  readonly inEdges?: number;
  /** Characters at the beginning of a string: the first one, which names no node, unless told. */
  readonly inStrings?: number;
  readonly padded?: string;
}

/** A snapshot made by hand as the parts of a file that may be larger than any memory. */
export function vastParts(
  nodes: readonly TinyNode[],
  { inNodes = 0, inEdges = 0, inStrings = 0, padded = '<dummy>' }: Padding,
): Part[] {
  const text = JSON.stringify(tinySnapshot(nodes));
  const places = [
    { at: text.indexOf(',', text.indexOf('"nodes":')) + 1, byte: 0x20, length: inNodes },
    { at: text.indexOf(',', text.indexOf('"edges":')) + 1, byte: 0x20, length: inEdges },
    { at: text.indexOf(JSON.stringify(padded)) + 1, byte: 0x78, length: inStrings },
  ];
  let from = 0;
  const parts = places.flatMap(({ at, byte, length }): Part[] => {
    const before = Buffer.from(text.slice(from, at));
    from = at;
    return [before, { byte, length }];
  });
  return [...parts, Buffer.from(text.slice(from))];
}

/** Bytes of all the parts together. */
export function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** The parts as a file that is nowhere: its bytes are made when they are read. */
export function vastFile(parts: readonly Part[]): DecodedFile {
  return {
    name: '(vast)',
    size_bytes: sizeOf(parts),
    read(target, offset) {
      let done = 0;
      let start = 0;
      for (const part of parts) {
        const from = offset + done - start;
        const length = Math.min(part.length - from, target.length - done);
        if (from >= 0 && length > 0) {
          if (part instanceof Uint8Array) target.set(part.subarray(from, from + length), done);
          else target.fill(part.byte, done, done + length);
          done += length;
        }
        start += part.length;
      }
      return done;
    },
    checkUnchanged() {},
    close() {},
  };
}
