import { compiledOnce, mostPages, page_bytes, type SharedMemory, WebAssembly } from '../web-assembly.ts';
import { graphModule_base64 } from './graph-module.ts';

/** The loops of scanner/graph.ts. Each does a part, from one number up to (or, where it goes down, down to) another. */
export interface GraphLoops {
  place(...addresses: number[]): void;
  markStorage(from: number, to: number, external: number): void;
  findOwners(from: number, to: number): void;
  giveStorage(from: number, to: number, root: number): void;
  walkFromRoot(root: number): void;
  walkFrom(start: number): void;
  walkOn(most: number, programEnd: number, notePassed: number): number;
  addMet(to: number, from: number): void;
  countHubs(from: number, to: number, noted: number): void;
  sumCounts(from: number, to: number, before: number): number;
  sortMet(from: number, to: number): void;
  sortHubs(from: number, to: number, noted: number): void;
  findSemidominators(from: number, to: number): void;
  findDominators(from: number, to: number): void;
  beginSums(from: number, to: number, records: number): void;
  addUp(from: number, to: number, records: number): void;
  findPlaces(from: number, to: number, records: number): void;
  putBesideGraph(from: number, to: number, records: number, length: number): void;
  putAlone(from: number, to: number, records: number, length: number, digest: number): void;
  sumEntries(
    from: number,
    to: number,
    length: number,
    classOfKind: number,
    records: number,
    classOfEntry: number,
  ): void;
  beginWays(base: number): void;
  reach(node: number, edge: number, holder: number): void;
  enqueue(node: number): void;
  waysOn(most: number): number;
  readonly walked: { readonly value: number };
  readonly passedCount: { readonly value: number };
  readonly hubCount: { readonly value: number };
  readonly listEnd: { readonly value: number };
}

/** How large a graph is, and whether its edges are needed when its dominators are looked for. */
export interface GraphExtent {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Else what is sorted takes the edges' place. */
  readonly keepsEdges: boolean;
}

/** Tells whether a walk may go along a WeakMap entry's edge: 1, or 0; -1 for what is no entry's. */
export type Opens = (edge: number, target: number) => number;

const compiled = compiledOnce(graphModule_base64);

/** Addresses, in bytes, of all that has to do with one graph. Pages that are not written to cost nothing. */
export type GraphPlaces = ReturnType<typeof placesOf>;

/**
 * What a graph itself is comes first, then what it is worked on with. `slotsAt` is where the slots are to be, with the
 * hubs before them, if they are not to be here.
 */
function placesOf({ nodeCount, edgeCount, keepsEdges }: GraphExtent, begin: number, slotsAt?: number) {
  const column = 4 * (nodeCount + 1);
  let end = begin;
  const next = (bytes: number): number => {
    const at = end;
    end += aligned(bytes);
    return at;
  };
  const edgeRoom = Math.max(edgeCount, 3 * nodeCount + 3);
  const head = next(4096);
  const firstEdges = next(column);
  const edges = next(4 * (keepsEdges ? edgeCount : edgeRoom));
  const types = next(nodeCount);
  const ownHubs = next(2 * nodeCount);
  const columns = next(3 * column);
  const ownSlots = next(6 * column);
  const hubOf = slotsAt ?? ownHubs;
  const slots = slotsAt === undefined ? ownSlots : slotsAt + aligned(2 * nodeCount);
  // The list of edges met, what is sorted of it, and a digest beside the graph over both.
  const behind = next(Math.max((keepsEdges ? 12 : 8) * edgeCount, 3 * column));
  const room = keepsEdges ? behind : edges;
  const behind_bytes = end - behind;
  const stack = next(4 * column);
  const bits = next(column / 32 + 4);
  const heldBits = next(column / 32 + 4);
  const digest = next(20 * nodeCount);
  return {
    head,
    columns,
    types,
    firstEdges,
    edges,
    slots,
    hubOf,
    room,
    behind,
    stack,
    bits,
    heldBits,
    digest,
    edgeRoom,
    behind_bytes,
    stack_bytes: 4 * column,
    begin,
    end,
    slotsAt,
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** Nothing lies at the address 0. */
const least_bytes = 1024;

/** Memory that graphs are worked on in: those of one owner one after the other, those of several side by side. */
export class GraphMemory {
  #memory: SharedMemory | undefined;
  #isCommon: boolean;
  /** The owner's part of it, in pages. */
  #from = 0;
  #to = 0;

  /** In `memory`, which other threads have parts of, or else in its own. */
  constructor(memory?: SharedMemory) {
    this.#memory = memory;
    this.#isCommon = memory !== undefined;
  }

  /**
   * Makes room for a graph, over what the owner had there before; undefined where it is too large. `spare` is how many
   * times as large later ones may be: what is not used of it costs nothing.
   */
  roomFor(extent: GraphExtent, spare = 1): GraphRoom | undefined {
    const { end } = placesOf(extent, least_bytes);
    const pages = Math.ceil(end / page_bytes);
    if (pages > mostPages) return undefined;
    if (pages > this.#to - this.#from) {
      const wanted = Math.min(mostPages, Math.ceil(pages * spare));
      if (!this.#grow(wanted) && !this.#startAnew(wanted)) return undefined;
    }
    return new GraphRoom(this.#memory as SharedMemory, extent, this.#from * page_bytes + least_bytes);
  }

  #grow(pages: number): boolean {
    try {
      if (this.#memory === undefined) return false;
      // Others may have taken theirs meanwhile, so it is all new.
      if (this.#isCommon) this.#from = this.#memory.grow(pages);
      else this.#memory.grow(pages - this.#to);
      this.#to = this.#from + pages;
      return true;
    } catch {
      return false;
    }
  }

  #startAnew(pages: number): boolean {
    const memory = newGraphMemory(pages);
    if (!memory) return false;
    this.#memory = memory;
    this.#isCommon = false;
    this.#from = 0;
    this.#to = pages;
    return true;
  }
}

/** Undefined where so many addresses are not to be had. */
export function newGraphMemory(pages = 0): SharedMemory | undefined {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: mostPages, shared: true });
  } catch {
    return undefined;
  }
}

/** The room of one graph, and the loops that work in it. */
export class GraphRoom {
  readonly memory: SharedMemory;
  readonly extent: GraphExtent;
  readonly loops: GraphLoops;
  opens: Opens = () => -1;
  #places: GraphPlaces;

  /** `begin` is the address of its first byte; `slotsAt` that of the slots where they are elsewhere. */
  constructor(memory: SharedMemory, extent: GraphExtent, begin: number, slotsAt?: number) {
    this.memory = memory;
    this.extent = extent;
    this.#places = placesOf(extent, begin, slotsAt);
    const opens: Opens = (edge, target) => this.opens(edge, target);
    this.loops = new WebAssembly.Instance(compiled(), { env: { memory, opens } }).exports as GraphLoops;
    this.#place();
  }

  get places(): GraphPlaces {
    return this.#places;
  }

  /** Has the slots and hubs at another address of the same memory from now on, if they fit before `end`. */
  moveSlots(slotsAt: number, end: number): void {
    const { nodeCount } = this.extent;
    if (slotsAt + aligned(2 * nodeCount) + 24 * (nodeCount + 1) > end) return;
    this.#places = placesOf(this.extent, this.#places.begin, slotsAt);
    this.#place();
  }

  /** Has the loops take other addresses for the slots or the room, until told otherwise. */
  redirect(to: Partial<Pick<GraphPlaces, 'slots' | 'room'>> = {}): void {
    this.#place(to);
  }

  #place(other: Partial<GraphPlaces> = {}): void {
    const { head, columns, types, firstEdges, edges, slots, hubOf, room, behind, stack, bits, heldBits } = {
      ...this.#places,
      ...other,
    };
    this.loops.place(
      this.extent.nodeCount,
      head,
      columns,
      types,
      firstEdges,
      edges,
      slots,
      hubOf,
      room,
      behind,
      stack,
      bits,
      heldBits,
    );
  }

  /** Where a digest of `length_bytes` that stands alone can be: over what is done with when it is written, if that is enough. */
  placeForDigest(length_bytes: number): number {
    const { firstEdges, columns, digest } = this.#places;
    return length_bytes <= columns - firstEdges ? firstEdges : digest;
  }

  /** What is done with when a digest that stands alone has been written. */
  get deadRoom(): Int32Array<SharedArrayBuffer> {
    const { columns, stack } = this.#places;
    return this.words(columns, (stack - columns) >>> 2);
  }

  words(address: number, length: number): Int32Array<SharedArrayBuffer> {
    return new Int32Array(this.memory.buffer, address, length);
  }

  unsigned(address: number, length: number): Uint32Array<SharedArrayBuffer> {
    return new Uint32Array(this.memory.buffer, address, length);
  }

  bytes(address: number, length: number): Uint8Array<SharedArrayBuffer> {
    return new Uint8Array(this.memory.buffer, address, length);
  }
}

/** So many steps are done by one call: enough for calls to cost nothing, few enough for better code to come soon. */
const part = 16_384;

/** Calls a loop for one part of [from, to) after the other. */
export function inParts(from: number, to: number, loop: (from: number, to: number) => void): void {
  for (let at = from; at < to; at += part) loop(at, Math.min(at + part, to));
}

/** Calls a loop for one part after the other, from `from` down to `to`, both included. */
export function downInParts(from: number, to: number, loop: (from: number, to: number) => void): void {
  for (let at = from; at >= to; at -= part) loop(at, Math.max(at - part + 1, to));
}
