import type { ObjectCounts } from './object-statistics.ts';

/** What V8 keeps in memory for a snapshot, by sort; each has its price in bytes. */
export interface Contents {
  /** Once: the code and the data that every process has. */
  readonly base: number;
  readonly nodes: number;
  /** Beyond those that every process has. */
  readonly edges: number;
  /** Of the table of object ids, taken or not. */
  readonly places: number;
  readonly texts: number;
  readonly letters: number;
  /** Indices of the longest array or table that have had no text before. */
  readonly indices: number;
}

/** What a snapshot takes on this version of Node; measured and written by `calibrate/main.ts`. */
export interface CostConstants {
  readonly bytes: Contents;
  /** V8 has texts for indices below this from the start. */
  readonly free_slots: number;
  /** So many of the objects that V8 counts are parts of others in a snapshot. */
  readonly not_nodes: number;
  /** Edges that every process has. */
  readonly base_edges: number;
  readonly node_seconds: number;
  readonly edge_seconds: number;
  /** Nine in ten measured costs were at most this much above the estimate, as a share of it. */
  readonly error_share: number;
}

/** Memory and time a snapshot takes, on top of what the process holds. */
export interface Cost {
  readonly bytes: number;
  /** Of these, what goes back to the system at once when the snapshot is done; measured, it is at least this. */
  readonly returned_bytes: number;
  /** What the document itself weighs: a stream holds it in memory as well. */
  readonly document_bytes: number;
  readonly seconds: number;
}

/** In the document, about: seven numbers a node, three an edge, and the texts in quotes. */
const documentBytes = { node: 32, edge: 15, letter: 1.1 };

/** V8 lists edges by node, a pointer each, in one piece of memory: too large for the allocator to keep. */
const edgeList_bytes = 8;

/** Estimates what a snapshot of a heap with these counts costs in a process that has taken none before. */
export function estimateCost(counts: ObjectCounts, constants: CostConstants): Cost {
  const contents = contentsOf(counts, constants);
  const sorts = Object.keys(contents) as (keyof Contents)[];
  const edges = contents.edges + constants.base_edges;
  return {
    bytes: Math.round(sorts.reduce((sum, sort) => sum + contents[sort] * constants.bytes[sort], 0)),
    returned_bytes: edges * edgeList_bytes,
    document_bytes: Math.round(
      contents.nodes * documentBytes.node +
        edges * documentBytes.edge +
        contents.letters * documentBytes.letter,
    ),
    seconds: contents.nodes * constants.node_seconds + edges * constants.edge_seconds,
  };
}

export function contentsOf(
  { objects, edges, texts, text_bytes, longest_slots }: ObjectCounts,
  { not_nodes, free_slots }: Pick<CostConstants, 'not_nodes' | 'free_slots'>,
): Contents {
  const nodes = Math.max(0, objects - not_nodes);
  const indices = Math.max(0, longest_slots - free_slots);
  return { base: 1, nodes, edges, places: placesFor(nodes), texts, letters: text_bytes, indices };
}

/** A power of two, doubled when four fifths are taken (V8, `src/base/hashmap.h`): the estimate has steps there. */
function placesFor(nodes: number): number {
  return 2 ** Math.max(3, Math.floor(Math.log2(nodes * 1.25)) + 1);
}

/** The smallest object of which there can be many: a number, a short text, a pair. */
const smallObject = { bytes: 32, edges: 3 };

/**
 * The counts after the live heap has grown by `growth_bytes` that nobody has counted: as if they were what is dearest,
 * small objects. (A long list's indices are dearer, but not many come at once.)
 */
export function withGrowth(counts: ObjectCounts, growth_bytes: number): ObjectCounts {
  const more = Math.max(0, growth_bytes) / smallObject.bytes;
  return { ...counts, objects: counts.objects + more, edges: counts.edges + more * smallObject.edges };
}
