import type { GraphRoom } from '../graph/graph-room.ts';
import { fact, type KindTrie } from '../graph/kind-trie.ts';
import { mapNodeTypes, nodeType } from '../graph/types-of-nodes.ts';
import type { Layout } from './meta.ts';
import type { Scanner } from './scanner.ts';

/** A record that cannot be right; the parser adds the byte. */
export class RecordError extends Error {
  readonly field: string;
  readonly expected: string;
  readonly came: number;
  /** Index, among the numbers just given, of the wrong one. */
  readonly index: number;

  constructor(field: string, expected: string, came: number, index: number) {
    super(field);
    this.field = field;
    this.expected = expected;
    this.came = came;
    this.index = index;
  }
}

/** Kinds are remembered for so many names at most: 64 MB of addresses, of which little is written to. */
const mostNamed = 2 ** 24;

/** Types whose class is their own name, or derived from it. */
function hasOwnClassName(type: number): boolean {
  return type === nodeType.object || type === nodeType.native;
}

/**
 * Where edges are kept: with where each node's begin, so that both are given back at once; the same for another thread to
 * read, too; or apart, to be laid aside and taken up again.
 */
export type EdgeMemory = 'together' | 'shared' | 'apart';

/** The nodes of a snapshot as they are read, column by column. */
export class NodeColumns {
  readonly typeNames: readonly string[];
  /** For each node ordinal, its type ({@link nodeType}). */
  readonly types: Uint8Array;
  /** For each node ordinal, its kind: so far the class name; properties and place follow. */
  readonly kinds: Int32Array;
  /** For each node ordinal, V8's id. */
  readonly ids: Uint32Array;
  /** For each node ordinal, its own size in bytes, modulo 2^32; see {@link NodeColumns.hugeSizes}. */
  readonly selfSizes: Uint32Array;
  /** For each node ordinal, the ordinal of its first edge; one more entry for the end. */
  readonly firstEdges: Uint32Array;
  /** For each edge ordinal, the packed edge; empty where edges are not read. */
  readonly edges: Int32Array;
  /** For each node ordinal, 0 unknown, 1 attached, 2 detached; undefined while all are unknown. */
  detachedness: Uint8Array<ArrayBuffer> | undefined;
  /** Own sizes of 2^32 bytes and above, by ordinal. */
  readonly hugeSizes: Map<number, number> = new Map<number, number>();
  /** Ordinals and name indices of the synthetic nodes: roots, of which there are few. */
  readonly syntheticNames: Map<number, number> = new Map<number, number>();
  selfSizeSum = 0;
  edgeSum = 0;
  greatestName = -1;
  /** Nodes read so far. */
  length = 0;
  readonly #layout: Layout;
  readonly #typeNumbers: Uint8Array;
  readonly #kindTrie: KindTrie;
  /** For each string index, the kind of the nodes it names, if there was one; in the scanner's memory. */
  #kindOfName: Int32Array | undefined;
  /** For each type, the kind of its nodes where their names do not matter, else -1. */
  readonly #kindOfType: Int32Array;
  /** Whether records are as V8 has always written them, with at most two fields more. */
  readonly #isUsual: boolean;

  /** Where the graph has a room of its own, the columns are there. */
  constructor(layout: Layout, trie: KindTrie, withEdges: boolean, edgeMemory: EdgeMemory, room?: GraphRoom) {
    const { nodeCount } = layout;
    const types = mapNodeTypes(layout.nodeTypes);
    this.#layout = layout;
    this.#kindTrie = trie;
    this.#typeNumbers = types.numbers;
    this.typeNames = types.names;
    this.#kindOfType = Int32Array.from(types.names, (_, type) =>
      hasOwnClassName(type) ? -1 : trie.child(0, fact.ofType(type)),
    );
    this.#isUsual =
      layout.nodeTypeAt === 0 &&
      layout.nodeNameAt === 1 &&
      layout.nodeIdAt === 2 &&
      layout.nodeSelfSizeAt === 3 &&
      layout.nodeEdgeCountAt === 4 &&
      layout.nodeFieldCount <= 7;
    if (room) {
      const { columns, types, firstEdges, edges } = room.places;
      const column = 4 * (nodeCount + 1);
      this.kinds = room.words(columns, nodeCount);
      this.ids = room.unsigned(columns + column, nodeCount);
      this.selfSizes = room.unsigned(columns + 2 * column, nodeCount);
      this.types = room.bytes(types, nodeCount);
      this.firstEdges = room.unsigned(firstEdges, nodeCount + 1);
      this.edges = room.words(edges, layout.edgeCount);
      return;
    }
    // Two blocks for all: the allocator gives a large one back as soon as it is released, and edges are done with first.
    const column = 4 * (nodeCount + 1);
    const block = new ArrayBuffer(3 * column + nodeCount);
    this.kinds = new Int32Array(block, 0, nodeCount);
    this.ids = new Uint32Array(block, column, nodeCount);
    this.selfSizes = new Uint32Array(block, 2 * column, nodeCount);
    this.types = new Uint8Array(block, 3 * column, nodeCount);
    const edgeCount = withEdges ? layout.edgeCount : 0;
    const isApart = edgeMemory === 'apart';
    const edge_bytes = isApart ? column : column + 4 * edgeCount;
    const edgeBlock =
      edgeMemory === 'shared' ? new SharedArrayBuffer(edge_bytes) : new ArrayBuffer(edge_bytes);
    this.firstEdges = new Uint32Array(edgeBlock, 0, nodeCount + 1);
    this.edges = isApart ? new Int32Array(edgeCount) : new Int32Array(edgeBlock, column, edgeCount);
  }

  /**
   * Takes whole records from `numbers[0..count)`. Returns how many numbers were taken.
   * Throws {@link RecordError}.
   */
  take(numbers: Int32Array | Float64Array, count: number): number {
    const layout = this.#layout;
    const {
      nodeFieldCount,
      nodeTypeAt,
      nodeNameAt,
      nodeIdAt,
      nodeSelfSizeAt,
      nodeEdgeCountAt,
      nodeDetachednessAt,
    } = layout;
    const { types, kinds, ids, selfSizes, firstEdges } = this;
    const typeNumbers = this.#typeNumbers;
    const kindOfType = this.#kindOfType;
    const trie = this.#kindTrie;
    const rawTypes = typeNumbers.length;
    let ordinal = this.length;
    let { edgeSum, greatestName, selfSizeSum } = this;
    const records = Math.floor(count / nodeFieldCount);
    if (ordinal + records > layout.nodeCount) {
      const index = (layout.nodeCount - ordinal) * nodeFieldCount;
      throw new RecordError(
        'nodes',
        `${layout.nodeCount} records, as node_count says`,
        ordinal + records,
        index,
      );
    }
    let at = 0;
    for (let record = 0; record < records; record++, at += nodeFieldCount, ordinal++) {
      const raw = numbers[at + nodeTypeAt] as number;
      if (raw < 0 || raw >= rawTypes) {
        throw new RecordError('nodes.type', `below ${rawTypes}`, raw >>> 0, at + nodeTypeAt);
      }
      const type = typeNumbers[raw] as number;
      const name = numbers[at + nodeNameAt] as number;
      const read = numbers[at + nodeSelfSizeAt] as number;
      const size = read < 0 ? read + 2 ** 32 : read;
      const id = numbers[at + nodeIdAt] as number;
      const edgeCount = numbers[at + nodeEdgeCountAt] as number;
      if (name > greatestName) greatestName = name;
      else if (name < 0) throw new RecordError('nodes.name', "a string's index", name >>> 0, at + nodeNameAt);
      if (edgeCount < 0)
        throw new RecordError('nodes.edge_count', 'a count', edgeCount >>> 0, at + nodeEdgeCountAt);
      types[ordinal] = type;
      ids[ordinal] = id;
      selfSizes[ordinal] = size;
      selfSizeSum += size;
      firstEdges[ordinal] = edgeSum;
      edgeSum += edgeCount;
      const kind = kindOfType[type] as number;
      kinds[ordinal] = kind === -1 ? trie.child(0, name) : kind;
      if (type === nodeType.synthetic) this.syntheticNames.set(ordinal, name);
      if (nodeDetachednessAt !== -1 && numbers[at + nodeDetachednessAt] !== 0) {
        this.detachedness ??= new Uint8Array(layout.nodeCount);
        this.detachedness[ordinal] = (numbers[at + nodeDetachednessAt] as number) & 3;
      }
    }
    if (edgeSum > layout.edgeCount) {
      const expected = `a sum of ${layout.edgeCount} over all nodes, as snapshot.edge_count says`;
      throw new RecordError('nodes.edge_count', expected, edgeSum, at - nodeFieldCount + nodeEdgeCountAt);
    }
    this.length = ordinal;
    this.edgeSum = edgeSum;
    this.greatestName = greatestName;
    this.selfSizeSum = selfSizeSum;
    if (numbers instanceof Float64Array) this.#checkWide(numbers, records);
    return at;
  }

  /** Takes records from their text; see {@link RecordTaker.takeText}. */
  takeText(scanner: Scanner, from: number, end: number): { rest: number; numbers: number } {
    if (!this.#isUsual) return { rest: from, numbers: 0 };
    const { nodeCount, edgeCount, nodeFieldCount, nodeDetachednessAt } = this.#layout;
    const kindOfName = this.#kindOfName ?? this.#prepare(scanner);
    const first = this.length;
    const rest = scanner.nodes(
      from,
      end,
      nodeCount - first,
      { sum: this.edgeSum, most: edgeCount },
      { typeCount: this.#typeNumbers.length, count: nodeFieldCount, detachednessAt: nodeDetachednessAt },
      kindOfName.length,
    );
    const { records } = scanner;
    this.ids.set(scanner.unsignedColumn(1), first);
    this.selfSizes.set(scanner.unsignedColumn(2), first);
    this.firstEdges.set(scanner.unsignedColumn(3), first);
    this.types.set(scanner.byteColumn(4), first);
    this.kinds.set(scanner.column(6), first);
    if (scanner.detached) {
      this.detachedness ??= new Uint8Array(nodeCount);
      this.detachedness.set(scanner.byteColumn(5), first);
    }
    const { asked } = scanner;
    if (asked.length > 0) this.#answer(asked, scanner.column(0), kindOfName);
    this.edgeSum = scanner.edgeSum;
    this.selfSizeSum += scanner.sizeSum;
    if (records > 0) this.greatestName = Math.max(this.greatestName, scanner.greatestName);
    this.length = first + records;
    return { rest, numbers: records * nodeFieldCount };
  }

  /** Tells the scanner of types, and where kinds are told of names from now on. */
  #prepare(scanner: Scanner): Int32Array {
    const { nodeCount, edgeCount } = this.#layout;
    // No snapshot has more strings than nodes and edges; what lies beyond is asked for each time.
    this.#kindOfName = scanner.kindOfName(Math.min(nodeCount + edgeCount, mostNamed));
    scanner.greatestName = 0;
    const rows = new Int32Array(2 * this.#typeNumbers.length);
    this.#typeNumbers.forEach((type, raw) => {
      rows[2 * raw] = type;
      rows[2 * raw + 1] = type === nodeType.synthetic ? -2 : (this.#kindOfType[type] as number);
    });
    scanner.setTypes(rows);
    return this.#kindOfName;
  }

  /** Finds the kinds of those nodes whose names are new, and notes the roots. */
  #answer(asked: Uint32Array, names: Int32Array, kindOfName: Int32Array): void {
    const { types, kinds, length } = this;
    for (const record of asked) {
      const ordinal = length + record;
      const name = names[record] as number;
      const type = types[ordinal] as number;
      const known = this.#kindOfType[type] as number;
      if (type === nodeType.synthetic) this.syntheticNames.set(ordinal, name);
      if (known !== -1) kinds[ordinal] = known;
      else {
        const kind = this.#kindTrie.child(0, name);
        kinds[ordinal] = kind;
        if (name < kindOfName.length) kindOfName[name] = kind;
      }
    }
  }

  /** Only own sizes may need more than 32 bits. */
  #checkWide(numbers: Float64Array, records: number): void {
    const { nodeFieldCount, nodeSelfSizeAt } = this.#layout;
    for (let index = 0; index < records * nodeFieldCount; index++) {
      const value = numbers[index] as number;
      if (value < 2 ** 32) continue;
      if (index % nodeFieldCount !== nodeSelfSizeAt || value > Number.MAX_SAFE_INTEGER) {
        throw new RecordError('nodes', 'a number below 4294967296', value, index);
      }
      this.hugeSizes.set(this.length - records + Math.floor(index / nodeFieldCount), value);
    }
  }

  /** The last entry of {@link NodeColumns.firstEdges}; to be called when all nodes are read. */
  finish(scanner: Scanner): void {
    if (this.#kindOfName) scanner.forgetUses(4 * Math.min(this.greatestName + 1, this.#kindOfName.length));
    this.#kindOfName = undefined;
    this.firstEdges[this.length] = this.edgeSum;
  }
}
