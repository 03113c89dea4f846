import type { Cursor } from './cursor.ts';
import { growPages, ownPages } from './own-pages.ts';
import { blockAt, type Scanner } from './scanner.ts';
import { StringTable } from './string-table.ts';

const comma = 0x2c;
const closingBracket = 0x5d;
const closingParenthesis = 0x29;

/** What is looked for among the strings while they pass by. */
export interface Wanted {
  /** Texts (ASCII, nothing to escape) whose indices are wanted. */
  readonly texts: readonly string[];
  /** For each string index, 1 or 2 where it may be a WeakMap entry's name; not looked at beyond its end. */
  readonly mayBeEntry: Uint8Array;
}

export interface StringsSection {
  readonly strings: StringTable;
  /** For each wanted text, the indices at which it is found; a text may be there more than once. */
  readonly found: ReadonlyMap<string, ReadonlySet<number>>;
  /** For each string index, the id of its table where it names a WeakMap entry, else 0. As long as `mayBeEntry`. */
  readonly tableIds: Uint32Array;
  /** How many of them are not 0. */
  readonly entryNames: number;
}

/** Passes the array of strings, from behind its `[` to behind its `]`. Throws SnapshotError. */
export function readStrings(cursor: Cursor, wanted: Wanted): StringsSection {
  const starts = new Starts(cursor.offset, cursor.file.size_bytes);
  const { scanner } = cursor;
  const search = new Search(wanted, scanner);
  const { bytes } = scanner;
  scanner.setLengths(search.lengths);
  let inside = false;
  let escaped = false;
  let openedAt = 0;
  /** Whether a comma came since the last string; the first needs none. */
  let separated = true;
  /** Outside of strings: checks the bytes of [from, to). Returns where the array ends, or -1. */
  const between = (from: number, to: number): number => {
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte === comma && !separated) separated = true;
      else if (byte === closingBracket && (!separated || starts.length === 0)) return at;
      else if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
        cursor.at = at - blockAt;
        throw cursor.unexpected('a string, "," or "]"', 'strings');
      }
    }
    return -1;
  };
  for (;;) {
    const from = blockAt + cursor.at;
    const end = blockAt + cursor.length;
    escaped = scanner.quotes(from, end, escaped);
    const { out, written } = scanner;
    let at = from;
    let stop = -1;
    for (let mark = 0; mark < written; mark++) {
      if (starts.isNarrow && (inside || !separated)) {
        const open = inside ? openedAt : undefined;
        const delta = cursor.blockOffset - blockAt - starts.base;
        const state = { open, last: at, first: starts.length };
        const next = scanner.strings(mark, written, state, delta, wanted.mayBeEntry.length);
        if (next > mark) {
          // The strings' beginnings are written over marks that have been passed.
          mark = next;
          starts.pushAll(scanner.begun);
          search.lookAt(scanner.looks, bytes);
          const opened = scanner.openString;
          inside = opened !== undefined;
          openedAt = opened ?? openedAt;
          separated = false;
          at = scanner.behindMark;
          if (mark === written) break;
        }
      }
      const position = out[mark] as number;
      if (inside) {
        inside = false;
        separated = false;
        // Few strings are worth a look: those as long as a wanted one, and those that may name a WeakMap entry.
        const length = position - openedAt;
        if (openedAt === -1 || bytes[position - 1] === closingParenthesis || search.lengths[length] === 1) {
          search.look(starts.length - 1, bytes, openedAt, position);
        }
      } else {
        if (position !== at + 1 || bytes[at] !== comma || separated) {
          stop = between(at, position);
          if (stop !== -1) break;
          if (!separated) {
            cursor.at = position - blockAt;
            throw cursor.unexpected('"," between strings', 'strings');
          }
        }
        inside = true;
        starts.push(cursor.blockOffset + position + 1 - blockAt);
        openedAt = position + 1;
      }
      at = position + 1;
    }
    if (!inside && stop === -1) stop = between(at, end);
    if (stop !== -1) {
      cursor.at = stop + 1 - blockAt;
      starts.push(cursor.blockOffset + cursor.at);
      break;
    }
    // What began in this block is looked at once it can be read whole.
    openedAt = -1;
    cursor.at = cursor.length;
    if (!cursor.nextBlock()) throw cursor.truncated('the end of the strings', 'strings');
  }
  const strings = new StringTable(cursor.file, starts.done(), starts.base);
  search.finish(strings);
  return { strings, found: search.found, tableIds: search.tableIds, entryNames: search.entryNames };
}

/** Looks for wanted texts among strings as they pass. */
class Search {
  readonly found: Map<string, Set<number>>;
  readonly tableIds: Uint32Array;
  entryNames = 0;
  readonly #mayBeEntry: Uint8Array;
  readonly #scanner: Scanner;
  /** For each length, 1 where a wanted text has it. */
  readonly lengths: Uint8Array = new Uint8Array(256);
  readonly #byLength: Map<number, Uint8Array[]> = new Map<number, Uint8Array[]>();
  /** Strings that lie in two blocks. */
  readonly #later: number[] = [];

  constructor(wanted: Wanted, scanner: Scanner) {
    this.#scanner = scanner;
    this.#mayBeEntry = wanted.mayBeEntry;
    this.tableIds = new Uint32Array(ownPages(4 * wanted.mayBeEntry.length));
    this.found = new Map(wanted.texts.map((text) => [text, new Set<number>()]));
    for (const text of wanted.texts) {
      this.lengths[text.length] = 1;
      this.#byLength.set(text.length, [...(this.#byLength.get(text.length) ?? []), Buffer.from(text)]);
    }
  }

  /** Looks at many: index, beginning (0: in an earlier block) and end of each. */
  lookAt(looks: Int32Array, bytes: Uint8Array): void {
    for (let at = 0; at < looks.length; at += 3) {
      this.look(looks[at] as number, bytes, looks[at + 1] || -1, looks[at + 2] as number);
    }
  }

  look(index: number, bytes: Uint8Array, start: number, end: number): void {
    if (start === -1) {
      this.#later.push(index);
      return;
    }
    if (bytes[end - 1] === closingParenthesis && this.#mayName(index)) {
      this.#note(index, this.#scanner.weakMapTableId(start, end));
    }
    const texts = this.#byLength.get(end - start);
    if (texts === undefined) return;
    for (const text of texts) {
      let same = 0;
      while (same < text.length && text[same] === bytes[start + same]) same++;
      if (same === text.length) this.found.get(Buffer.from(text).toString())?.add(index);
    }
  }

  #mayName(index: number): boolean {
    const uses = this.#mayBeEntry[index];
    return uses === 1 || uses === 2;
  }

  #note(index: number, tableId: number): void {
    if (!(tableId > 0 && tableId < 2 ** 32)) return;
    this.tableIds[index] = tableId;
    this.entryNames++;
  }

  finish(strings: StringTable): void {
    for (const index of this.#later) {
      if (strings.byteLength(index) > 64 * 1024) continue;
      const text = strings.get(index);
      this.found.get(text)?.add(index);
      if (this.#mayName(index)) this.#note(index, this.#scanner.weakMapTableIdOf(Buffer.from(text)));
    }
  }
}

/** A string takes three bytes at least, its quotation marks and a comma. */
const leastString_bytes = 3;

/** A growing list of offsets, 32 bits wide while the strings lie within 4 GB of their beginning. */
class Starts {
  readonly base: number;
  length = 0;
  readonly #buffer: ArrayBuffer;
  readonly #list: Uint32Array | Float64Array;

  constructor(base: number, size_bytes: number) {
    this.base = base;
    const room_bytes = size_bytes - base;
    const isNarrow = room_bytes < 2 ** 32;
    const width = isNarrow ? 4 : 8;
    const most = Math.floor(room_bytes / leastString_bytes) + 2;
    this.#buffer = ownPages(width * most, width * Math.min(most, 4096));
    this.#list = isNarrow ? new Uint32Array(this.#buffer) : new Float64Array(this.#buffer);
  }

  /** Whether offsets less the base fit 32 bits. */
  get isNarrow(): boolean {
    return this.#list instanceof Uint32Array;
  }

  push(offset: number): void {
    this.#makeRoom(1);
    this.#list[this.length++] = offset - this.base;
  }

  /** Offsets from which the base has been taken already. */
  pushAll(offsets: Uint32Array): void {
    this.#makeRoom(offsets.length);
    this.#list.set(offsets, this.length);
    this.length += offsets.length;
  }

  #makeRoom(count: number): void {
    const needed = this.length + count;
    if (needed > this.#list.length) growPages(this.#buffer, needed * this.#list.BYTES_PER_ELEMENT);
  }

  done(): Uint32Array | Float64Array {
    return this.isNarrow
      ? new Uint32Array(this.#buffer, 0, this.length)
      : new Float64Array(this.#buffer, 0, this.length);
  }
}
