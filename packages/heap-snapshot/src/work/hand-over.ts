/** A part of the common memory, from one address to another. */
export interface Part {
  readonly begin: number;
  readonly end: number;
}

const state = { open: 0, nothing: 1, given: 2 } as const;
/** Addresses are in words of so many bytes, to fit 32 bits. */
const unit_bytes = 64;

/** How one thread leaves memory to another that waits for it; they share three words. */
export class HandOver {
  readonly words: Int32Array<SharedArrayBuffer>;

  constructor(words: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(12))) {
    this.words = words;
  }

  /** Leaves `part`, or says that there is nothing to wait for. Of several calls the first one counts. */
  give(part?: Part): void {
    if (Atomics.load(this.words, 0) !== state.open) return;
    if (part) {
      this.words[1] = Math.ceil(part.begin / unit_bytes);
      this.words[2] = Math.floor(part.end / unit_bytes);
    }
    Atomics.store(this.words, 0, part ? state.given : state.nothing);
    Atomics.notify(this.words, 0);
  }

  /** Waits for what is left, but no longer than `most_ms`: the other thread may have come to an end. */
  take(most_ms: number): Part | undefined {
    Atomics.wait(this.words, 0, state.open, most_ms);
    if (Atomics.load(this.words, 0) !== state.given) return undefined;
    const [, begin = 0, end = 0] = this.words;
    return { begin: begin * unit_bytes, end: end * unit_bytes };
  }
}
