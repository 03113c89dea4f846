import type { KindTrie } from '../graph/kind-trie.ts';
import { nonessential, typeShift } from '../graph/packed-edge.ts';
import { release } from '../graph/release.ts';
import { edgeType, mapEdgeTypes, nodeType } from '../graph/types-of-nodes.ts';
import type { Layout } from './meta.ts';
import { type NodeColumns, RecordError } from './node-columns.ts';

/**
 * The edges of a snapshot as they are read. Names are looked at and let go: properties of objects become part of
 * their kind, and of internal edges only those are kept whose name is rare enough to be a WeakMap entry's.
 */
export class EdgeColumns {
  /** For each edge ordinal, the packed edge. */
  readonly edges: Int32Array<ArrayBuffer>;
  /** Internal edges whose name occurred at most twice by then: pairs of edge ordinal and name. */
  rareInternal: Int32Array<ArrayBuffer> = new Int32Array(1024);
  /** Entries used of {@link EdgeColumns.rareInternal}. */
  rareLength = 0;
  /** For each string index, how often it named an internal edge, up to 3. */
  internalUses: Uint8Array<ArrayBuffer> = new Uint8Array(1024);
  greatestName = -1;
  /** Edges read so far. */
  length = 0;
  readonly #layout: Layout;
  readonly #nodes: NodeColumns;
  readonly #trie: KindTrie;
  readonly #packedTypes: Int32Array;
  readonly #withShapes: boolean;
  /** The node whose edges are being read, and the ordinal of the first edge after them. */
  #node = -1;
  #nodeEnd = 0;
  #kind = -1;

  constructor(layout: Layout, nodes: NodeColumns, trie: KindTrie, withShapes: boolean) {
    this.#layout = layout;
    this.#nodes = nodes;
    this.#trie = trie;
    this.#withShapes = withShapes;
    this.#packedTypes = Int32Array.from(mapEdgeTypes(layout.edgeTypes).numbers, (type) => type << typeShift);
    this.edges = nodes.edges;
  }

  /** Takes whole records, as {@link NodeColumns.take} does. */
  take(numbers: Int32Array | Float64Array, count: number): number {
    const {
      edgeFieldCount,
      edgeTypeAt,
      edgeNameAt,
      edgeToNodeAt,
      edgeCount,
      nodeFieldCount,
      nodeCount,
      rootOrdinal,
    } = this.#layout;
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
    let uses = this.internalUses;
    const elementType = edgeType.element << typeShift;
    const hiddenType = edgeType.hidden << typeShift;
    const internalType = edgeType.internal << typeShift;
    const propertyType = edgeType.property << typeShift;
    const weakType = edgeType.weak << typeShift;
    const shortcutType = edgeType.shortcut << typeShift;
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
      let packed = target | type;
      if (type === weakType || target === node || (type === shortcutType && node !== rootOrdinal)) {
        packed |= nonessential;
      }
      edges[edge] = packed;
      if (type !== elementType && type !== hiddenType) {
        const name = numbers[at + edgeNameAt] as number;
        if (name > greatestName) greatestName = name;
        else if (name < 0)
          throw new RecordError('edges.name_or_index', "a string's index", name >>> 0, at + edgeNameAt);
        if (type === propertyType) {
          if (kind >= 0) kind = trie.child(kind, name);
        } else if (type === internalType) {
          if (name >= uses.length || (uses[name] as number) < 3) uses = this.#noteInternal(edge, name);
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
  #noteInternal(edge: number, name: number): Uint8Array<ArrayBuffer> {
    if (name >= this.internalUses.length) this.#growUses(name);
    const uses = this.internalUses[name] as number;
    this.internalUses[name] = uses + 1;
    if (uses === 2) return this.internalUses;
    if (this.rareLength === this.rareInternal.length) {
      const larger = new Int32Array(2 * this.rareLength);
      larger.set(this.rareInternal);
      release(this.rareInternal);
      this.rareInternal = larger;
    }
    this.rareInternal[this.rareLength++] = edge;
    this.rareInternal[this.rareLength++] = name;
    return this.internalUses;
  }

  #growUses(name: number): void {
    // No snapshot has more strings than nodes and edges; what lies beyond is reported when the strings are known.
    const most = 2 * (this.#layout.nodeCount + this.#layout.edgeCount);
    if (name > most + 1024) {
      throw new RecordError('edges.name_or_index', `the index of a string, ${most} at most`, name, 0);
    }
    const larger = new Uint8Array(Math.max(name + 1, 2 * this.internalUses.length));
    larger.set(this.internalUses);
    release(this.internalUses);
    this.internalUses = larger;
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
  }

  /** Gives back what only the reading of names needs. */
  forgetNames(): void {
    release(this.rareInternal, this.internalUses);
  }
}
