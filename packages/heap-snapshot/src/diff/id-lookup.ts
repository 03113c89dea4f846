import { release } from '../graph/release.ts';

/** What a lookup is made of besides the ids: goes from thread to thread. */
export interface IdTable {
  /** By id or by hash, one more than the entry; 0 is none. */
  readonly table: Int32Array;
  readonly isDirect: boolean;
  /** V8's objects have odd ids, an embedder's even ones: each have a part of the table. Where the latter begins. */
  readonly evenAt: number;
}

/** How a table is laid out. */
interface TablePlan {
  /** Its words. */
  readonly length: number;
  readonly isDirect: boolean;
  readonly evenAt: number;
}

export function planLookup(ids: Uint32Array): TablePlan {
  let odd = 0;
  let even = 0;
  for (let entry = 0; entry < ids.length; entry++) {
    const id = ids[entry] as number;
    if ((id & 1) === 1) {
      if (id > odd) odd = id;
    } else if (id > even) even = id;
  }
  const evenAt = (odd >>> 1) + 1;
  const direct = evenAt + (even >>> 1) + 1;
  // A hash needs half of the memory, and several times as long.
  const isDirect = direct <= 4 * ids.length + 1024;
  return { length: isDirect ? direct : Math.ceil(1.5 * ids.length) + 1, isDirect, evenAt };
}

/** Finds entries by V8's id. Ids grow with every object made, so a plain table is mostly small enough. */
export class IdLookup {
  readonly #table: Int32Array;
  readonly #ids: Uint32Array;
  /** Whether the table is in memory that is somebody else's. */
  readonly #isInRoom: boolean;
  readonly #isDirect: boolean;
  readonly #evenAt: number;

  /** `from` is a table made for the same ids, or memory to use for one if it is enough. */
  constructor(ids: Uint32Array, from?: Int32Array | IdTable, plan?: TablePlan) {
    this.#ids = ids;
    if (from && 'table' in from) {
      this.#table = from.table;
      this.#isDirect = from.isDirect;
      this.#evenAt = from.evenAt;
      this.#isInRoom = false;
      return;
    }
    const { length, isDirect, evenAt } = plan ?? planLookup(ids);
    this.#isDirect = isDirect;
    this.#evenAt = evenAt;
    this.#isInRoom = from !== undefined && length <= from.length;
    this.#table = from && this.#isInRoom ? from.subarray(0, length).fill(0) : new Int32Array(length);
    for (let entry = 0; entry < ids.length; entry++)
      this.#table[this.#slot(ids[entry] as number)] = entry + 1;
  }

  /** Gives its memory back; nothing can be found any more. */
  release(): void {
    if (!this.#isInRoom) release(this.#table);
  }

  get parts(): IdTable {
    return { table: this.#table, isDirect: this.#isDirect, evenAt: this.#evenAt };
  }

  /** The slot that holds `id`, or would. */
  #slot(id: number): number {
    if (this.#isDirect) return this.#directSlot(id);
    const { length } = this.#table;
    let at = Math.floor((Math.imul(id, 0x9e3779b1) >>> 0) * (length / 2 ** 32));
    for (;;) {
      const entry = this.#table[at] as number;
      if (entry === 0 || this.#ids[entry - 1] === id) return at;
      at = at + 1 === length ? 0 : at + 1;
    }
  }

  #directSlot(id: number): number {
    return (id & 1) === 1 ? id >>> 1 : this.#evenAt + (id >>> 1);
  }

  /** The entry, or -1. */
  find(id: number): number {
    if (!this.#isDirect) return (this.#table[this.#slot(id)] as number) - 1;
    const slot = this.#directSlot(id);
    // An odd id beyond the greatest would be looked for among the even ones.
    if (slot >= ((id & 1) === 1 ? this.#evenAt : this.#table.length)) return -1;
    return (this.#table[slot] as number) - 1;
  }
}
