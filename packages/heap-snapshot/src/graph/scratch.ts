import type { GraphRoom } from './graph-room.ts';

/** A slot's number. */
export type SlotIndex = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * Working memory for a snapshot's algorithms: slots of one 32-bit number for each node, used again and again by one
 * step after the other. Two large blocks, as small ones that are given back leave holes that the allocator keeps; or
 * parts of the graph's own room, where it has one. Untouched pages of them cost nothing.
 */
export class Scratch {
  /** The graph's room, where it has one. */
  readonly graphRoom: GraphRoom | undefined;
  readonly #ownSlots: ArrayBufferLike | undefined;
  readonly #edgeBlock: ArrayBufferLike;
  readonly #edgeRoomAt: number;
  readonly #nodeCount: number;
  /** Numbers that {@link Scratch.perEdge} has room for. */
  readonly edgeRoom: number;

  constructor(nodeCount: number, edgeCount: number, graphRoom?: GraphRoom) {
    this.#nodeCount = nodeCount;
    this.graphRoom = graphRoom;
    if (graphRoom) {
      this.edgeRoom = graphRoom.places.edgeRoom;
      this.#edgeBlock = graphRoom.memory.buffer;
      this.#edgeRoomAt = graphRoom.places.room;
    } else {
      this.edgeRoom = Math.max(edgeCount, 3 * nodeCount);
      this.#ownSlots = new ArrayBuffer(4 * slots * (nodeCount + 1));
      this.#edgeBlock = new ArrayBuffer(4 * (this.edgeRoom + 2 * edgeCount));
      this.#edgeRoomAt = 0;
    }
  }

  /** A slot, with what was left in it, and one entry more than there are nodes. */
  slot(index: SlotIndex): Int32Array {
    return new Int32Array(this.#slots, this.slotAt(index), this.#nodeCount + 1);
  }

  /** Those in a room may be moved to where the memory has grown since. */
  get #slots(): ArrayBufferLike {
    return this.#ownSlots ?? (this.graphRoom as GraphRoom).memory.buffer;
  }

  /** Where they begin. */
  get #slotsAt(): number {
    return this.graphRoom?.places.slots ?? 0;
  }

  /** Where a slot begins in its block. Slots lie one behind the other. */
  slotAt(index: SlotIndex): number {
    return this.#slotsAt + 4 * index * (this.#nodeCount + 1);
  }

  /** Bytes of the slots 0 to 4. */
  get room_bytes(): number {
    return 4 * (slots - 1) * (this.#nodeCount + 1);
  }

  /** The slots 0 to 4 as one piece, where `bytes` fit in; else new memory. */
  room(bytes: number): { readonly buffer: ArrayBufferLike; readonly offset: number } {
    if (bytes > this.room_bytes) return { buffer: new ArrayBuffer(bytes), offset: 0 };
    return { buffer: this.#slots, offset: this.#slotsAt };
  }

  /** Room for `length` numbers, one for each edge or three for each node at most. */
  perEdge(length: number): Int32Array {
    return new Int32Array(this.#edgeBlock, this.#edgeRoomAt, length);
  }

  /** Room for two numbers for each edge, which {@link Scratch.perEdge} does not touch. Not in a graph's room. */
  behindEdges(): Int32Array {
    return new Int32Array(this.#edgeBlock, 4 * this.edgeRoom);
  }

  /** Gives all back, but for what `kept` is in, where {@link Scratch.room} gave that; a graph's room is not its own. */
  releaseBut(kept: ArrayBufferLike): void {
    for (const block of [this.#edgeBlock, this.#ownSlots])
      if (block !== kept && block instanceof ArrayBuffer) block.transfer(0);
  }
}

const slots = 6;
