import { scannerModule_base64 } from './scanner-module.ts';

/** The little of WebAssembly's types that is used: they are part of TypeScript's DOM library only. */
interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyNamespace };

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly written: { value: number };
  readonly commas: { value: number };
  readonly rest: { value: number };
  readonly tooBig: { value: number };
  numbers(first: number, from: number, end: number, out: number): number;
  quotes(from: number, end: number, base: number, out: number, skip: number): number;
}

/** Bytes read at a time. Larger blocks leave the second-level cache and are slower (docs/adr). */
export const block_bytes = 128 * 1024;

/** Where a block begins in the scanner's memory; what is unfinished of the one before lies just ahead of it. */
export const blockAt = 64 * 1024;
const outAt = 256 * 1024;

/** A digit, and neither a quotation mark nor a backslash: behind a block it ends nothing. */
const filler = 0x30;

/** The scanner's memory and its two loops. Compiled once for each thread, instantiated for each file. */
export class Scanner {
  /** The scanner's whole memory. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the loops write. */
  readonly out: Uint32Array<ArrayBuffer>;
  /** The same with sign, which is faster to work with. Above 2^31 it is negative. */
  readonly signed: Int32Array<ArrayBuffer>;
  readonly #exports: Exports;

  constructor() {
    this.#exports = new WebAssembly.Instance(compiled(), { env: { abort() {} } }).exports as Exports;
    this.bytes = new Uint8Array(this.#exports.memory.buffer);
    this.out = new Uint32Array(this.#exports.memory.buffer, outAt);
    this.signed = new Int32Array(this.#exports.memory.buffer, outAt);
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

let compiledModule: object | undefined;

function compiled(): object {
  compiledModule ??= new WebAssembly.Module(Buffer.from(scannerModule_base64, 'base64'));
  return compiledModule;
}
