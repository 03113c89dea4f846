import { isUtf8 } from 'node:buffer';
import { SnapshotError } from '../errors.ts';
import type { DecodedFile } from './decoded-file.ts';

/** Gaps between strings smaller than this are read over rather than jumped. */
const readOver_bytes = 32 * 1024;
const mostAtOnce_bytes = 1024 * 1024;
/** V8 writes a thousand characters of a string unless told otherwise, and holds no longer one than this. */
const longest_bytes = 2 ** 29 - 24;

/** The strings of a snapshot: where they are, and what they say when asked. */
export class StringTable {
  readonly length: number;
  readonly #file: DecodedFile;
  /** For each string, the offset of its first character, less the base; and one more, behind the last. */
  readonly #starts: Uint32Array | Float64Array;
  readonly #base: number;
  readonly #known: Map<number, string> = new Map<number, string>();

  constructor(file: DecodedFile, starts: Uint32Array | Float64Array, base: number) {
    this.#file = file;
    this.#starts = starts;
    this.#base = base;
    this.length = starts.length - 1;
  }

  /** Throws {@link SnapshotError} where it is no valid JSON, or longer than a string can be. */
  get(index: number): string {
    const known = this.#known.get(index);
    if (known !== undefined) return known;
    const start = this.#base + (this.#starts[index] as number);
    const end = this.#base + (this.#starts[index + 1] as number);
    if (end - start > longest_bytes) {
      throw new SnapshotError(
        `${this.#file.name}: byte ${start}, field strings: expected a string of ${longest_bytes} bytes at most, came one of ` +
          `${end - start - 1}. A name as long as this is not V8's: take the snapshot again.`,
        { path: this.#file.name, byte: start, field: 'strings' },
      );
    }
    const bytes = Buffer.alloc(end - start);
    this.#file.read(bytes, start);
    const text = this.#decode(bytes, 0, bytes.length, start);
    // Names are short; what is not is rarely asked for twice.
    if (text.length < 1024) this.#known.set(index, text);
    return text;
  }

  /** Bytes in the file, what separates it from the next included. */
  byteLength(index: number): number {
    return (this.#starts[index + 1] as number) - (this.#starts[index] as number);
  }

  /** Reads many strings with few reads of the file, for {@link StringTable.get} to find. */
  prefetch(indices: Iterable<number>): void {
    const wanted = Array.from(new Set(indices), Number)
      .filter((index) => !this.#known.has(index) && index >= 0 && index < this.length)
      .sort((a, b) => a - b);
    for (let from = 0; from < wanted.length; ) {
      const start = this.#starts[wanted[from] as number] as number;
      let to = from;
      const endOf = (at: number) => this.#starts[(wanted[at] as number) + 1] as number;
      while (
        to + 1 < wanted.length &&
        endOf(to + 1) - start <= mostAtOnce_bytes &&
        (this.#starts[wanted[to + 1] as number] as number) - endOf(to) < readOver_bytes
      ) {
        to++;
      }
      this.#prefetchRun(wanted, from, to, start, endOf(to));
      from = to + 1;
    }
  }

  #prefetchRun(wanted: readonly number[], from: number, to: number, start: number, end: number): void {
    // A single giant is better read when it is needed.
    if (end - start > mostAtOnce_bytes) return;
    const bytes = Buffer.alloc(end - start);
    this.#file.read(bytes, this.#base + start);
    for (let at = from; at <= to; at++) {
      const index = wanted[at] as number;
      const first = (this.#starts[index] as number) - start;
      const last = (this.#starts[index + 1] as number) - start;
      this.#known.set(index, this.#decode(bytes, first, last, this.#base + start + first));
    }
  }

  /** `bytes[first..last)` reaches up to the next string's first character, or the `]` behind the last. */
  #decode(bytes: Buffer, first: number, last: number, offset: number): string {
    const quote = bytes.lastIndexOf(0x22, last - 1);
    // The next string's opening quotation mark comes first from behind; the last string has none behind it.
    const end = bytes[last - 1] === 0x22 ? bytes.lastIndexOf(0x22, last - 2) : quote;
    const content = bytes.subarray(first, Math.max(first, end));
    const text = content.toString('utf8');
    if (!isUtf8(content)) throw this.#damaged(offset, 'text in UTF-8', text);
    if (!needsParsing.test(text)) return text;
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch (cause) {
      throw this.#damaged(offset, 'a string in JSON', text, cause);
    }
  }

  #damaged(byte: number, expected: string, text: string, cause?: unknown): SnapshotError {
    const { name } = this.#file;
    return new SnapshotError(
      `${name}: byte ${byte}, field strings: expected ${expected}, came ${JSON.stringify(text.slice(0, 60))}. ` +
        'The file is damaged: copy it again or take it again.',
      { path: name, byte, field: 'strings', cause },
    );
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these; they must reach JSON.parse
const needsParsing = /[\\\u0000-\u001f]/;
