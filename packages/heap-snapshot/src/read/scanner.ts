import { compiledOnce, page_bytes, WebAssembly } from '../web-assembly.ts';
import type { ScannerExports } from './scanner-exports.ts';
import { scannerModule_base64 } from './scanner-module.ts';

/** Bytes read at a time. Larger blocks leave the second-level cache and are slower (docs/adr). */
export const block_bytes = 128 * 1024;

/** Where a block begins in the scanner's memory; what is unfinished of the one before lies just ahead of it. */
export const blockAt = 64 * 1024;
const outAt = 256 * 1024;

/** Behind a block's numbers: more of a record's columns, for as many records as a block can hold. */
const columnAt = (index: number) => outAt + index * 96 * 1024;
const typesAt = columnAt(7);
/** Behind the bytes of a column. */
const askedAt = columnAt(5) + 32 * 1024;
/** For each length, whether a string of it is worth a look; and strings that are, behind a block's quotation marks. */
const lengthsAt = typesAt;
const looksAt = 768 * 1024;
const mostLooks = Math.floor((lengthsAt - looksAt) / 12);
/** The memory that the module starts with; what names are counted in lies behind. */
const fixed_bytes = 1024 * 1024;

/** A digit, and neither a quotation mark nor a backslash: behind a block it ends nothing. */
const filler = 0x30;

/** The scanner's memory and its loops. Compiled once for each thread, instantiated for each file. */
export class Scanner {
  /** The scanner's whole memory. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  /** What the loops write. */
  out: Uint32Array<ArrayBuffer> = new Uint32Array();
  /** The same with sign, which is faster to work with. Above 2^31 it is negative. */
  signed: Int32Array<ArrayBuffer> = new Int32Array();
  /** Names that were counted in memory behind the fixed part, to be forgotten before it is used again. */
  #usesLength = 0;
  readonly #exports: ScannerExports;

  constructor() {
    this.#exports = new WebAssembly.Instance(compiled(), { env: { abort() {} } }).exports as ScannerExports;
    this.#look();
  }

  #look(): void {
    const { buffer } = this.#exports.memory;
    this.bytes = new Uint8Array(buffer);
    this.out = new Uint32Array(buffer, outAt);
    this.signed = new Int32Array(buffer, outAt);
  }

  /** The block to fill: at most {@link block_bytes}. */
  get block(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(blockAt, blockAt + block_bytes);
  }

  /** Makes the bytes behind a block of `length` bytes harmless to read. To be called after filling it. */
  seal(length: number): void {
    this.sealAt(blockAt + length);
  }

  /** The same for what ends at `end`. */
  sealAt(end: number): void {
    this.bytes.fill(filler, end, end + 64);
  }

  /** Reads numbers; see scanner/scan.ts. `kept` is how many words of `out` are to be left as they are. */
  numbers(first: number, from: number, end: number, kept: number): boolean {
    return this.#exports.numbers(first, from, end, outAt + 4 * kept) === 1;
  }

  /** Finds the ends of strings; see scanner/scan.ts. */
  quotes(from: number, end: number, escaped: boolean): boolean {
    return this.#exports.quotes(from, end, 0, outAt, escaped ? 1 : 0) === 1;
  }

  /** Has strings looked out whose length has a 1 here. */
  setLengths(lengths: Uint8Array): void {
    this.bytes.set(lengths, lengthsAt);
  }

  /**
   * Goes on through the quotation marks that {@link Scanner.quotes} found, from `mark` on; see scanner/strings.ts. `first`
   * strings have begun before, `open` says where the last one did if it is not at its end, -1 for an earlier block.
   */
  strings(
    mark: number,
    count: number,
    { open, last, first }: { open: number | undefined; last: number; first: number },
    delta: number,
    usesLength: number,
  ): number {
    const opened = open === undefined || open === -1 ? 0 : open;
    return this.#exports.strings(
      mark,
      count,
      outAt,
      open === undefined ? 0 : 1,
      opened,
      last,
      first,
      delta | 0,
      lengthsAt,
      fixed_bytes + 1,
      usesLength,
      looksAt,
      mostLooks,
    );
  }

  /** Where the open string begins after {@link Scanner.strings}: -1 in an earlier block, undefined where none is open. */
  get openString(): number | undefined {
    const { isOpen, openedAt } = this.#exports;
    return isOpen.value === 0 ? undefined : openedAt.value === 0 ? -1 : openedAt.value;
  }

  /** The byte behind the last mark that {@link Scanner.strings} went through. */
  get behindMark(): number {
    return this.#exports.behindMark.value;
  }

  /** Where the strings begin that {@link Scanner.strings} came by. */
  get begun(): Uint32Array<ArrayBuffer> {
    return this.out.subarray(0, this.#exports.begun.value);
  }

  /** Of those worth a look, index, beginning (0: in an earlier block) and end. */
  get looks(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.bytes.buffer, looksAt, 3 * this.#exports.lookedOut.value);
  }

  /** The id of the table in the name of a WeakMap's entry, from `start` up to `end`; -1 for others. See scanner/entries.ts. */
  weakMapTableId(start: number, end: number): number {
    return this.#exports.weakMapTableId(start, end);
  }

  /** The same of a text, for which the numbers and marks that were written are given up. */
  weakMapTableIdOf(text: Uint8Array): number {
    this.bytes.set(text, outAt);
    return this.weakMapTableId(outAt, outAt + text.length);
  }

  /** A column that {@link Scanner.nodes} or {@link Scanner.edges} wrote, of {@link Scanner.records} entries. */
  column(index: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.bytes.buffer, columnAt(index), this.records);
  }

  /** The same without sign. */
  unsignedColumn(index: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.bytes.buffer, columnAt(index), this.records);
  }

  /** The same where an entry is one byte. */
  byteColumn(index: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.bytes.buffer, columnAt(index), this.records);
  }

  /**
   * Reads nodes' records of the usual order into the columns names, ids, sizes, first edges, (bytes) types and
   * detachedness, and kinds; see scanner/records.ts.
   */
  nodes(
    from: number,
    end: number,
    most: number,
    edges: { readonly sum: number; readonly most: number },
    fields: { readonly typeCount: number; readonly count: number; readonly detachednessAt: number },
    nameCount: number,
  ): number {
    this.#exports.edgeSum.value = edges.sum;
    return this.#exports.nodes(
      from,
      end,
      most,
      edges.most,
      fields.typeCount,
      fields.count,
      fields.detachednessAt,
      typesAt,
      fixed_bytes,
      nameCount,
      columnAt(4),
      columnAt(0),
      columnAt(1),
      columnAt(2),
      columnAt(3),
      columnAt(5),
      columnAt(6),
      askedAt,
    );
  }

  /** Places, among the nodes last read, of those whose kind is to be found out. */
  get asked(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.bytes.buffer, askedAt, this.#exports.askedCount.value >>> 0);
  }

  /** For each string index below `length`, the kind of the nodes it names; all 0. In the memory of {@link Scanner.uses}. */
  kindOfName(length: number): Int32Array<ArrayBuffer> {
    this.uses(4 * length);
    this.bytes[fixed_bytes] = 0;
    return new Int32Array(this.bytes.buffer, fixed_bytes, length);
  }

  /**
   * For each string index below `length`, how often it named an internal edge, up to 3. All 0; in memory that is
   * written to where it is used only.
   */
  uses(length: number): Uint8Array<ArrayBuffer> {
    const more = Math.ceil((fixed_bytes + 1 + length - this.bytes.length) / page_bytes);
    if (more > 0) {
      this.#exports.memory.grow(more);
      this.#look();
    }
    this.bytes.fill(0, fixed_bytes, fixed_bytes + 1 + this.#usesLength);
    this.#usesLength = length;
    // What stands for edges that are not internal.
    this.bytes[fixed_bytes] = 3;
    return this.bytes.subarray(fixed_bytes + 1, fixed_bytes + 1 + length);
  }

  /** To be called after the last use of {@link Scanner.uses}, with the length that was made use of if not all. */
  forgetUses(length: number): void {
    this.#usesLength = length;
  }

  /** What each raw type of an edge, or of a node, stands for; see scanner/records.ts. */
  setTypes(words: Int32Array): void {
    new Int32Array(this.bytes.buffer, typesAt, words.length).set(words);
  }

  /**
   * Reads edges' records of the usual order into the columns packed edges, names, and pairs of rarely used names; see
   * scanner/scan.ts.
   */
  edges(
    from: number,
    end: number,
    most: number,
    firstEdge: number,
    fields: { readonly typeCount: number; readonly nodeFieldCount: number; readonly nodeCount: number },
    usesLength: number,
  ): number {
    return this.#exports.edges(
      from,
      end,
      most,
      firstEdge,
      fields.typeCount,
      typesAt,
      fields.nodeFieldCount,
      fields.nodeCount,
      fixed_bytes,
      usesLength,
      columnAt(0),
      columnAt(1),
      columnAt(2),
    );
  }

  /** Pairs of edge ordinal and name that the last call of {@link Scanner.edges} wrote. */
  get rare(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.bytes.buffer, columnAt(2), 2 * (this.#exports.rareCount.value >>> 0));
  }

  get records(): number {
    return this.#exports.records.value >>> 0;
  }
  get edgeSum(): number {
    return this.#exports.edgeSum.value >>> 0;
  }
  get detached(): boolean {
    return this.#exports.detached.value !== 0;
  }
  get sizeSum(): number {
    return this.#exports.sizeSum.value;
  }
  get greatestName(): number {
    return this.#exports.greatestName.value >>> 0;
  }
  set greatestName(value: number) {
    this.#exports.greatestName.value = value;
  }

  get written(): number {
    return this.#exports.written.value >>> 0;
  }
  get commas(): number {
    return this.#exports.commas.value >>> 0;
  }
  get rest(): number {
    return this.#exports.rest.value >>> 0;
  }
  get tooBig(): number {
    return this.#exports.tooBig.value >>> 0;
  }
}

const compiled = compiledOnce(scannerModule_base64);
