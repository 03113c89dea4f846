/** Finds entries by V8's id. Ids grow with every object made, so a plain table is mostly small enough. */
export class IdLookup {
  /** By id or by hash, one more than the entry; 0 is none. */
  readonly #table: Int32Array;
  readonly #ids: Uint32Array;
  readonly #isDirect: boolean;

  constructor(ids: Uint32Array) {
    let greatest = 0;
    for (let entry = 0; entry < ids.length; entry++) {
      if ((ids[entry] as number) > greatest) greatest = ids[entry] as number;
    }
    this.#ids = ids;
    this.#isDirect = greatest <= 8 * ids.length + 1024;
    this.#table = new Int32Array(
      this.#isDirect ? greatest + 1 : 2 ** Math.ceil(Math.log2(2 * ids.length + 2)),
    );
    for (let entry = 0; entry < ids.length; entry++)
      this.#table[this.#slot(ids[entry] as number)] = entry + 1;
  }

  /** The slot that holds `id`, or would. */
  #slot(id: number): number {
    if (this.#isDirect) return id;
    const mask = this.#table.length - 1;
    let at = (Math.imul(id, 0x9e3779b1) >>> 7) & mask;
    for (;;) {
      const entry = this.#table[at] as number;
      if (entry === 0 || this.#ids[entry - 1] === id) return at;
      at = (at + 1) & mask;
    }
  }

  /** The entry, or -1. */
  find(id: number): number {
    if (this.#isDirect && id >= this.#table.length) return -1;
    return (this.#table[this.#slot(id)] as number) - 1;
  }
}
