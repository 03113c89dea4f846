import { targetBits } from '../graph/packed-edge.ts';
import type { Ephemerons } from '../read/ephemerons.ts';

/**
 * WeakMap entries during a walk: a value is held by its key and its table together, so a walk that has come by one of
 * them only must wait for the other, as in DevTools.
 */
export class PendingEntries {
  readonly #entries: Ephemerons;
  /** For each node ordinal, a bit: whether it is a key or a table. */
  readonly holders: Uint32Array;
  /** For each table's number, whether the walk has come by it. */
  readonly #isOpen: Uint8Array;
  /** Tables and values whose key the walk came by before the table. */
  readonly #waiting: Set<number> = new Set<number>();

  constructor(entries: Ephemerons, nodeCount: number) {
    this.#entries = entries;
    this.holders = new Uint32Array((nodeCount >>> 5) + 1);
    this.#isOpen = new Uint8Array(entries.tableNodes.length);
    for (const node of entries.holders) {
      this.holders[node >>> 5] = (this.holders[node >>> 5] as number) | (1 << (node & 31));
    }
  }

  areHeldBy(node: number): boolean {
    return (((this.holders[node >>> 5] as number) >>> (node & 31)) & 1) === 1;
  }

  /** Whether the walk may go along this edge to a value; undefined for what is no entry's edge. */
  opens(edge: number, value: number): boolean | undefined {
    const { holders, tables, tableNodes } = this.#entries;
    const at = this.#indexOf(edge);
    if (at === -1) return undefined;
    const table = tables[at] as number;
    // Without the table's edges in the file there is nothing to wait for.
    if (tableNodes[table] === -1) return undefined;
    const entry = table * (targetBits + 1) + value;
    if (holders[at] === tableNodes[table]) {
      this.#isOpen[table] = 1;
      return this.#waiting.has(entry);
    }
    if (this.#isOpen[table]) return true;
    this.#waiting.add(entry);
    return false;
  }

  #indexOf(edge: number): number {
    const { edges } = this.#entries;
    let low = 0;
    let high = edges.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if ((edges[middle] as number) < edge) low = middle + 1;
      else if (edges[middle] === edge) return middle;
      else high = middle - 1;
    }
    return -1;
  }
}
