import { SnapshotError } from '../errors.ts';
import type { DecodedFile } from './decoded-file.ts';
import { blockAt, type Scanner } from './scanner.ts';

/** Where reading stands in a file: a block of it in the scanner's memory, and a place in the block. */
export class Cursor {
  readonly file: DecodedFile;
  readonly scanner: Scanner;
  /** Offset in the file of the block's first byte. */
  blockOffset = 0;
  /** Bytes in the block. */
  length = 0;
  /** The next byte, counted from the block's first. */
  at = 0;
  /** Called for each block. */
  readonly #onBlock: ((offset_bytes: number) => void) | undefined;

  constructor(file: DecodedFile, scanner: Scanner, onBlock?: (offset_bytes: number) => void) {
    this.file = file;
    this.scanner = scanner;
    this.#onBlock = onBlock;
  }

  /** Offset in the file of the next byte. */
  get offset(): number {
    return this.blockOffset + this.at;
  }

  /** Reads the next block; false at the end of the file. */
  nextBlock(): boolean {
    this.blockOffset += this.length;
    this.length = this.file.read(this.scanner.block, this.blockOffset);
    this.scanner.seal(this.length);
    this.at = 0;
    this.#onBlock?.(this.blockOffset);
    return this.length > 0;
  }

  /** Continues at another offset. */
  jump(offset: number): boolean {
    this.blockOffset = offset;
    this.length = 0;
    return this.nextBlock();
  }

  /** The next byte that is no white space, without passing it; -1 at the end. */
  peek(): number {
    for (;;) {
      if (this.at === this.length && !this.nextBlock()) return -1;
      const byte = this.scanner.bytes[blockAt + this.at] as number;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      this.at++;
    }
  }

  /** Passes the byte `wanted`, a character, after white space. Throws {@link SnapshotError} where it is another. */
  expect(wanted: string, field: string): void {
    const byte = this.peek();
    if (byte !== wanted.charCodeAt(0)) throw this.unexpected(`"${wanted}"`, field);
    this.at++;
  }

  /** The next byte, whatever it is; -1 at the end. */
  next(): number {
    if (this.at === this.length && !this.nextBlock()) return -1;
    return this.scanner.bytes[blockAt + this.at++] as number;
  }

  /** An error for the byte that comes next. */
  unexpected(expected: string, field: string): SnapshotError {
    const { offset } = this;
    const byte = this.at < this.length ? this.scanner.bytes[blockAt + this.at] : undefined;
    if (byte === undefined) return this.truncated(expected, field);
    const came =
      byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `the byte 0x${byte.toString(16)}`;
    return new SnapshotError(
      `${this.file.name}: byte ${offset}, in ${field}: expected ${expected}, came ${came}. ` +
        'Is it a V8 heap snapshot? If so it is damaged: copy it again or take it again.',
      { path: this.file.name, byte: offset, field },
    );
  }

  /** An error for a file that ends too soon. */
  truncated(expected: string, field: string): SnapshotError {
    const byte = this.file.size_bytes;
    return new SnapshotError(
      `${this.file.name}: byte ${byte}, in ${field}: the file ends where ${expected} was expected. ` +
        'It was cut short (disk full, process killed, copy broken off): copy it again whole or take it again.',
      { path: this.file.name, byte, field },
    );
  }
}
