import type { KindTrie } from '../graph/kind-trie.ts';
import { nonessential, targetBits, typeBits, typeShift } from '../graph/packed-edge.ts';
import { release } from '../graph/release.ts';
import { edgeType, mapEdgeTypes, nodeType } from '../graph/types-of-nodes.ts';
import type { Layout } from './meta.ts';
import { type NodeColumns, RecordError } from './node-columns.ts';
import { growPages, ownPages } from './own-pages.ts';
import type { Scanner } from './scanner.ts';

/**
 * The edges of a snapshot as they are read. Names are looked at and let go: properties of objects become part of
 * their kind, and of internal edges only those are kept whose name is rare enough to be a WeakMap entry's.
 */
export class EdgeColumns {
  /** For each edge ordinal, the packed edge; empty while they are laid aside. */
  edges: Int32Array;
  /** Internal edges whose name occurred at most twice by then: pairs of edge ordinal and name. */
  readonly rareInternal: Int32Array<ArrayBuffer>;
  /** Entries used of {@link EdgeColumns.rareInternal}. */
  rareLength = 0;
  /** For each string index, how often it named an internal edge, up to 3. In the scanner's memory. */
  readonly internalUses: Uint8Array<ArrayBuffer>;
  greatestName = -1;
  /** Edges read so far. */
  length = 0;
  readonly #layout: Layout;
  readonly #nodes: NodeColumns;
  readonly #trie: KindTrie;
  readonly #scanner: Scanner;
  readonly #packedTypes: Int32Array;
  readonly #withShapes: boolean;
  /** The node whose edges are being read, and the ordinal of the first edge after them. */
  #node = -1;
  #nodeEnd = 0;
  #kind = -1;

  constructor(layout: Layout, nodes: NodeColumns, trie: KindTrie, scanner: Scanner, withShapes: boolean) {
    this.#layout = layout;
    this.#nodes = nodes;
    this.#trie = trie;
    this.#scanner = scanner;
    this.#withShapes = withShapes;
    const types = mapEdgeTypes(layout.edgeTypes).numbers;
    this.#packedTypes = Int32Array.from(types, (type) => (type << typeShift) | unlessFromRoot(type));
    this.edges = nodes.edges;
    const mostRare_bytes = 8 * layout.edgeCount;
    this.rareInternal = new Int32Array(ownPages(mostRare_bytes, Math.min(mostRare_bytes, 4096)));
    // No snapshot has more strings than nodes and edges; what lies beyond is reported when the strings are known.
    this.internalUses = scanner.uses(2 * (layout.nodeCount + layout.edgeCount) + 1024);
    scanner.greatestName = 0;
    scanner.setTypes(this.#packedTypes.map((packed, raw) => packed | nameBits(types[raw] as number)));
  }

  /** Takes records from their text; see {@link RecordTaker.takeText}. */
  takeText(scanner: Scanner, from: number, end: number): { rest: number; numbers: number } {
    const { edgeFieldCount, edgeTypeAt, edgeNameAt, edgeToNodeAt, edgeCount, nodeFieldCount, nodeCount } =
      this.#layout;
    if (edgeFieldCount !== 3 || edgeTypeAt !== 0 || edgeNameAt !== 1 || edgeToNodeAt !== 2) {
      return { rest: from, numbers: 0 };
    }
    const first = this.length;
    const fields = { typeCount: this.#packedTypes.length, nodeFieldCount, nodeCount };
    const rest = scanner.edges(from, end, edgeCount - first, first, fields, this.internalUses.length);
    const packed = scanner.column(0);
    this.edges.set(packed, first);
    this.#addRare(scanner.rare);
    if (this.#withShapes) this.#addProperties(packed, scanner.column(1));
    this.length = first + scanner.records;
    if (scanner.greatestName > 0) this.greatestName = Math.max(this.greatestName, scanner.greatestName);
    return { rest, numbers: 3 * scanner.records };
  }

  /** Adds what the next edges say of objects' properties to their kinds. */
  #addProperties(packed: Int32Array, names: Int32Array): void {
    const { firstEdges, types, kinds } = this.#nodes;
    const trie = this.#trie;
    const first = this.length;
    let node = this.#node;
    let nodeEnd = this.#nodeEnd - first;
    let kind = this.#kind;
    let edge = 0;
    for (;;) {
      const stop = Math.min(nodeEnd, packed.length);
      if (kind >= 0) {
        for (; edge < stop; edge++) {
          if (((packed[edge] as number) & ~targetBits) === edgeType.property << typeShift) {
            kind = trie.child(kind, names[edge] as number);
          }
        }
      }
      edge = stop;
      if (edge === packed.length) break;
      if (kind >= 0) kinds[node] = kind;
      node++;
      nodeEnd = (firstEdges[node + 1] as number) - first;
      kind = types[node] === nodeType.object ? (kinds[node] as number) : -1;
    }
    this.#node = node;
    this.#nodeEnd = nodeEnd + first;
    this.#kind = kind;
  }

  #addRare(pairs: Int32Array): void {
    const length = this.rareLength + pairs.length;
    if (length > this.rareInternal.length) growPages(this.rareInternal.buffer, 4 * length);
    this.rareInternal.set(pairs, this.rareLength);
    this.rareLength = length;
  }

  /** Takes whole records, as {@link NodeColumns.take} does. */
  take(numbers: Int32Array | Float64Array, count: number): number {
    const { edgeFieldCount, edgeTypeAt, edgeNameAt, edgeToNodeAt, edgeCount, nodeFieldCount, nodeCount } =
      this.#layout;
    const records = Math.floor(count / edgeFieldCount);
    let edge = this.length;
    if (edge + records > edgeCount) {
      const index = (edgeCount - edge) * edgeFieldCount;
      throw new RecordError(
        'edges',
        `${edgeCount} records, as snapshot.edge_count says`,
        edge + records,
        index,
      );
    }
    const { edges } = this;
    const packedTypes = this.#packedTypes;
    const rawTypes = packedTypes.length;
    const { firstEdges, types, kinds } = this.#nodes;
    const trie = this.#trie;
    const withShapes = this.#withShapes;
    const perField = 1 / nodeFieldCount;
    let node = this.#node;
    let nodeEnd = this.#nodeEnd;
    let kind = this.#kind;
    let greatestName = this.greatestName;
    const uses = this.internalUses;
    const elementType = edgeType.element << typeShift;
    const hiddenType = edgeType.hidden << typeShift;
    const internalType = edgeType.internal << typeShift;
    const propertyType = edgeType.property << typeShift;
    const end = edge + records;
    let at = 0;
    for (; edge < end; edge++, at += edgeFieldCount) {
      while (edge === nodeEnd) {
        if (kind >= 0) kinds[node] = kind;
        node++;
        nodeEnd = firstEdges[node + 1] as number;
        kind = withShapes && types[node] === nodeType.object ? (kinds[node] as number) : -1;
      }
      const raw = numbers[at + edgeTypeAt] as number;
      if (raw < 0 || raw >= rawTypes) {
        throw new RecordError('edges.type', `below ${rawTypes}`, raw >>> 0, at + edgeTypeAt);
      }
      const type = packedTypes[raw] as number;
      const toNode = numbers[at + edgeToNodeAt] as number;
      // The product is within 2^-20 of a whole number where the division has no rest.
      const target = (toNode * perField + 0.01) | 0;
      if (target < 0 || target * nodeFieldCount !== toNode || target >= nodeCount) {
        const expected = `a multiple of ${nodeFieldCount} below ${nodeCount * nodeFieldCount}`;
        throw new RecordError(
          'edges.to_node',
          expected,
          toNode < 0 ? toNode >>> 0 : toNode,
          at + edgeToNodeAt,
        );
      }
      edges[edge] = target | type;
      if (type !== elementType && type !== hiddenType) {
        const name = numbers[at + edgeNameAt] as number;
        if (name > greatestName) greatestName = name;
        else if (name < 0)
          throw new RecordError('edges.name_or_index', "a string's index", name >>> 0, at + edgeNameAt);
        if (type === propertyType) {
          if (kind >= 0) kind = trie.child(kind, name);
        } else if (type === internalType) {
          if (name >= uses.length || (uses[name] as number) < 3) {
            this.#noteInternal(edge, name, at + edgeNameAt);
          }
        }
      }
    }
    this.length = edge;
    this.greatestName = greatestName;
    this.#node = node;
    this.#nodeEnd = nodeEnd;
    this.#kind = kind;
    if (numbers instanceof Float64Array) this.#checkWide(numbers, at);
    return at;
  }

  /** The name of a WeakMap entry holds three ids and is on two edges at most: those from the key and the table. */
  #noteInternal(edge: number, name: number, index: number): void {
    const { length } = this.internalUses;
    if (name >= length) {
      throw new RecordError(
        'edges.name_or_index',
        `the index of a string, ${length - 1} at most`,
        name,
        index,
      );
    }
    const uses = this.internalUses[name] as number;
    this.internalUses[name] = uses + 1;
    if (uses < 2) this.#addRare(Int32Array.of(edge, name));
  }

  #checkWide(numbers: Float64Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const value = numbers[index] as number;
      if (value >= 2 ** 32) throw new RecordError('edges', 'a number below 4294967296', value, index);
    }
  }

  /** To be called when all edges are read. */
  finish(): void {
    if (this.#kind >= 0) this.#nodes.kinds[this.#node] = this.#kind;
    this.#kind = -1;
    const { edges } = this;
    const { firstEdges } = this.#nodes;
    const { rootOrdinal } = this.#layout;
    const end = firstEdges[rootOrdinal + 1] as number;
    for (let edge = firstEdges[rootOrdinal] as number; edge < end; edge++) {
      const packed = edges[edge] as number;
      if (((packed >>> typeShift) & typeBits) === edgeType.shortcut) edges[edge] = packed & ~nonessential;
    }
  }

  /** Gives back what only the reading of names needs. */
  forgetNames(): void {
    release(this.rareInternal);
    this.#scanner.forgetUses(this.greatestName + 1);
  }
}

/** Weak edges and shortcuts are nothing to the dominators; but the root's shortcuts are. */
function unlessFromRoot(type: number): number {
  return type === edgeType.weak || type === edgeType.shortcut ? nonessential : 0;
}

/** What the scanner is to do with an edge's name. */
function nameBits(type: number): number {
  if (type === edgeType.internal) return 3;
  return type === edgeType.element || type === edgeType.hidden ? 0 : 1;
}
