/**
 * Working memory for a snapshot's algorithms: slots of one 32-bit number for each node, used again and again by one
 * step after the other. Two large blocks, as small ones that are given back leave holes that the allocator keeps.
 * Untouched pages of them cost nothing.
 */
export class Scratch {
  readonly #slots: ArrayBuffer;
  readonly #edgeBlock: ArrayBuffer;
  readonly #nodeCount: number;
  /** Numbers that {@link Scratch.perEdge} has room for. */
  readonly edgeRoom: number;

  constructor(nodeCount: number, edgeCount: number) {
    this.#nodeCount = nodeCount;
    this.edgeRoom = Math.max(edgeCount, 3 * nodeCount);
    this.#slots = new ArrayBuffer(4 * slots * (nodeCount + 1));
    this.#edgeBlock = new ArrayBuffer(4 * (this.edgeRoom + 2 * edgeCount));
  }

  /** A slot, with what was left in it, and one entry more than there are nodes. */
  slot(index: 0 | 1 | 2 | 3 | 4 | 5): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#slots, 4 * index * (this.#nodeCount + 1), this.#nodeCount + 1);
  }

  /** The same for numbers without sign. */
  unsigned(index: 0 | 1 | 2 | 3 | 4 | 5): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#slots, 4 * index * (this.#nodeCount + 1), this.#nodeCount + 1);
  }

  /** Bytes of the slots 0 to 4. */
  get room_bytes(): number {
    return 4 * (slots - 1) * (this.#nodeCount + 1);
  }

  /** The slots 0 to 4 as one piece, where `bytes` fit in; else new memory. */
  room(bytes: number): ArrayBuffer {
    return bytes <= this.room_bytes ? this.#slots : new ArrayBuffer(bytes);
  }

  /** Room for `length` numbers, one for each edge or three for each node at most. */
  perEdge(length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#edgeBlock, 0, length);
  }

  /** Room for two numbers for each edge, which {@link Scratch.perEdge} does not touch. */
  behindEdges(): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#edgeBlock, 4 * this.edgeRoom);
  }

  /** Gives all back, but for what `kept` is in, where {@link Scratch.room} gave that. */
  releaseBut(kept: ArrayBuffer): void {
    this.#edgeBlock.transfer(0);
    if (kept !== this.#slots) this.#slots.transfer(0);
  }
}

const slots = 6;
