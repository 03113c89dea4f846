import { SnapshotError } from '../errors.ts';
import { markDetached } from '../graph/detached.ts';
import type { GraphMemory, GraphRoom } from '../graph/graph-room.ts';
import { KindTrie } from '../graph/kind-trie.ts';
import { release } from '../graph/release.ts';
import { Cursor } from './cursor.ts';
import type { DecodedFile } from './decoded-file.ts';
import { EdgeColumns } from './edge-columns.ts';
import { type Ephemerons, findEphemerons } from './ephemerons.ts';
import { passValue, readKey, readValueText } from './json-values.ts';
import { LocationColumns } from './location-columns.ts';
import { type Layout, readLayout } from './meta.ts';
import { type EdgeMemory, NodeColumns } from './node-columns.ts';
import { type NumberIndex, type RecordTaker, readNumbers } from './numbers.ts';
import { blockAt, Scanner } from './scanner.ts';
import type { StringTable } from './string-table.ts';
import { readStrings, type StringsSection } from './strings-section.ts';

export interface ParseOptions {
  /** Without edges there are counts and own sizes only. */
  readonly withEdges: boolean;
  readonly withShapes: boolean;
  readonly edgeMemory?: EdgeMemory | undefined;
  /** Where the graph's room is to be, if it has edges and is not too large. */
  readonly graphMemory?: GraphMemory | undefined;
  /** Whether edges are needed while dominators are looked for. */
  readonly keepsEdges?: boolean | undefined;
  /** How many times as large graphs may be that come into the same memory later. */
  readonly spare?: number | undefined;
  /** Called for each block with the part of the file that has been read, 0 to 1. */
  readonly onProgress?: ((ratio: number) => void) | undefined;
  /** One to use again; its memory is written over by every read. */
  readonly scanner?: Scanner | undefined;
}

/** Texts that DevTools' rules speak of. */
export const ruleText = {
  plainObject: 'Object',
  externalStringData: 'system / ExternalStringData',
  documentDomTrees: '(Document DOM trees)',
} as const;

/** A snapshot as the file has it, in columns. */
export interface ParsedSnapshot {
  readonly file: DecodedFile;
  readonly layout: Layout;
  readonly trie: KindTrie;
  readonly nodes: NodeColumns;
  /** Undefined where they were not asked for. */
  readonly edges: EdgeColumns | undefined;
  /** Undefined without edges. */
  readonly ephemerons: Ephemerons | undefined;
  readonly strings: StringTable;
  readonly found: StringsSection['found'];
  /** Where the numbers of nodes and edges lie in the file. */
  readonly index: { readonly nodes: NumberIndex; readonly edges: NumberIndex };
  readonly scanner: Scanner;
  readonly graphRoom: GraphRoom | undefined;
}

const closingBracket = 0x5d;
const none: NumberIndex = { firsts: [], offsets: [], total: 0 };

/**
 * Reads a snapshot into columns, in one pass over the file and without holding it.
 * Throws {@link SnapshotError}, naming byte and field.
 */
export function parseSnapshot(file: DecodedFile, options: ParseOptions): ParsedSnapshot {
  const scanner = options.scanner ?? new Scanner();
  const progress = options.onProgress;
  const cursor = new Cursor(file, scanner, progress && ((offset) => progress(offset / file.size_bytes)));
  const trie = new KindTrie();
  let layout: Layout | undefined;
  let nodes: NodeColumns | undefined;
  let graphRoom: GraphRoom | undefined;
  let edges: EdgeColumns | undefined;
  let section: StringsSection | undefined;
  let ephemerons: Ephemerons | undefined;
  const index = { nodes: none, edges: none };
  const seen = new Set<string>();

  cursor.expect('{', '(top level)');
  for (let more = cursor.peek() !== 0x7d; more; ) {
    const key = readKey(cursor);
    if (seen.has(key)) throw cursor.unexpected('each key once', key);
    seen.add(key);
    if (key === 'snapshot') {
      layout = readLayout(readValueText(cursor, key), file.name, file.size_bytes);
    } else if (key === 'nodes') {
      if (!layout) throw cursor.unexpected('"snapshot" before "nodes"', key);
      const { nodeCount, edgeCount } = layout;
      const extent = { nodeCount, edgeCount, keepsEdges: options.keepsEdges ?? true };
      if (options.withEdges) graphRoom = options.graphMemory?.roomFor(extent, options.spare);
      nodes = new NodeColumns(layout, trie, options.withEdges, options.edgeMemory ?? 'together', graphRoom);
      index.nodes = readArray(cursor, key, nodes);
      requireCount(file.name, 'node_count', layout.nodeCount, 'nodes', nodes.length);
      nodes.finish(scanner);
      requireCount(file.name, 'edge_count', layout.edgeCount, 'nodes.edge_count (their sum)', nodes.edgeSum);
    } else if (key === 'edges') {
      if (!layout || !nodes) throw cursor.unexpected('"snapshot" and "nodes" before "edges"', key);
      if (options.withEdges) {
        edges = new EdgeColumns(layout, nodes, trie, scanner, options.withShapes);
        index.edges = readArray(cursor, key, edges);
        requireCount(file.name, 'edge_count', layout.edgeCount, 'edges', edges.length);
        edges.finish();
      } else passNumbers(cursor, key, layout.edgeCount * layout.edgeFieldCount);
    } else if (key === 'locations' && layout?.location) {
      if (!nodes || (options.withEdges && !edges)) throw cursor.unexpected('"edges" before "locations"', key);
      readArray(cursor, key, new LocationColumns(layout.location, layout.nodeFieldCount, nodes, trie));
    } else if (key === 'strings') {
      // Which of them name a WeakMap's entry is asked of the edges.
      if (options.withEdges && !edges) throw cursor.unexpected('"edges" before "strings"', key);
      cursor.expect('[', key);
      section = readStrings(cursor, {
        texts: Object.values(ruleText),
        mayBeEntry: edges?.internalUses.subarray(0, edges.greatestName + 1) ?? new Uint8Array(0),
      });
    } else passValue(cursor, key);
    more = cursor.peek() === 0x2c;
    if (more) cursor.at++;
  }
  cursor.expect('}', '(top level)');
  if (cursor.peek() !== -1) throw cursor.unexpected('nothing more', '(top level)');
  file.checkUnchanged();

  if (!layout || !nodes || !section || (options.withEdges && !edges)) {
    const missing = ['snapshot', 'nodes', 'edges', 'strings'].find((each) => !seen.has(each));
    throw new SnapshotError(
      `${file.name}: field ${missing} is missing. Expected a V8 heap snapshot with "snapshot", "nodes", "edges" and ` +
        '"strings": is it one? Take it again.',
      { path: file.name, field: missing },
    );
  }
  requireName(file.name, 'nodes.name', nodes.greatestName, section.strings.length);
  if (edges) {
    requireName(file.name, 'edges.name_or_index', edges.greatestName, section.strings.length);
    ephemerons = findEphemerons(nodes, edges, section);
    release(section.tableIds);
  }
  edges?.forgetNames();
  if (edges) markDetached(nodes, edges.edges, trie);
  trie.freeze();
  const { strings, found } = section;
  return { file, layout, trie, nodes, edges, ephemerons, strings, found, index, scanner, graphRoom };
}

function readArray(cursor: Cursor, key: string, taker: RecordTaker) {
  cursor.expect('[', key);
  return readNumbers(cursor, key, taker);
}

/**
 * Passes an array of `count` numbers that nobody needs. It holds no other bracket than its last, and each number takes
 * two bytes at least, its comma with it: so much need not even be read.
 */
function passNumbers(cursor: Cursor, key: string, count: number): void {
  cursor.expect('[', key);
  const least = cursor.offset + Math.max(0, 2 * count - 1);
  if (least > cursor.blockOffset + cursor.length && !cursor.jump(least))
    throw cursor.truncated('the array', key);
  const { bytes } = cursor.scanner;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (;;) {
    // What is behind the block is digits or left over from a longer one, so look at the block alone.
    const stop =
      buffer.subarray(0, blockAt + cursor.length).indexOf(closingBracket, blockAt + cursor.at) - blockAt;
    if (stop >= 0) {
      cursor.at = stop + 1;
      return;
    }
    cursor.at = cursor.length;
    if (!cursor.nextBlock()) throw cursor.truncated('the end of the array', key);
  }
}

function requireCount(name: string, field: string, claimed: number, what: string, came: number): void {
  if (claimed === came) return;
  throw new SnapshotError(
    `${name}: field snapshot.${field}: expected ${claimed} in ${what}, came ${came}. ` +
      'The file is damaged or was cut and joined: copy it again or take it again.',
    { path: name, field: `snapshot.${field}` },
  );
}

function requireName(name: string, field: string, greatest: number, strings: number): void {
  if (greatest < strings) return;
  throw new SnapshotError(
    `${name}: field ${field}: expected the index of one of ${strings} strings, came ${greatest}. ` +
      'The file is damaged: copy it again or take it again.',
    { path: name, field },
  );
}
