import { countKinds, type KindCounts, type KindFacts, readKindFacts } from '../classes/kind-facts.ts';
import { walkDepthFirst } from '../dominators/depth-first.ts';
import type { Digest } from '../dominators/digest.ts';
import { digestOfTree } from '../dominators/digest-of-tree.ts';
import {
  digestInRoom,
  findDominatorsInRoom,
  sortMetEdges,
  walkInRoom,
} from '../dominators/dominators-in-room.ts';
import { predecessorsOf } from '../dominators/predecessors.ts';
import { immediateDominators } from '../dominators/semi-nca.ts';
import type { Graph, Sizes } from '../graph/graph.ts';
import type { GraphRoom } from '../graph/graph-room.ts';
import { release } from '../graph/release.ts';
import { Scratch } from '../graph/scratch.ts';
import { giveStorageToOwners, hasUserRoots } from '../graph/shallow-sizes.ts';
import { giveStorageInRoom, hasRoomForKinds } from '../graph/storage-in-room.ts';
import { nodeType } from '../graph/types-of-nodes.ts';
import { type ParsedSnapshot, ruleText } from '../read/parse.ts';

/** A snapshot, read and added up. */
export interface Analysed {
  readonly digest: Digest;
  readonly facts: ReadonlyMap<number, KindFacts>;
  /** Where the graph was kept: working memory for what is asked of it. */
  readonly scratch?: Scratch;
}

/** Sizes with room for all of them together: no sum within the heap overflows. */
export function sizesOf({ nodes }: ParsedSnapshot): Sizes {
  if (nodes.selfSizeSum < 2 ** 32) return nodes.selfSizes;
  const sizes = Float64Array.from(nodes.selfSizes) as Float64Array;
  for (const [ordinal, size] of nodes.hugeSizes) sizes[ordinal] = size;
  return sizes;
}

/**
 * The digest of a snapshot read without edges: in the order of the file, own sizes as V8 wrote them. `kindCounts` are of all
 * nodes, those without a size, which are few, included.
 */
export function digestOfNodes(snapshot: ParsedSnapshot, kindCounts: KindCounts): Digest {
  const sizes = sizesOf(snapshot);
  const { ids, kinds } = snapshot.nodes;
  const counts = Float64Array.from(kindCounts.counts);
  const self_bytes = new Float64Array(counts.length);
  let entries = 0;
  let from = 0;
  const keepUpTo = (to: number) => {
    if (entries !== from) for (const column of [ids, kinds, sizes]) column.copyWithin(entries, from, to);
    entries += to - from;
  };
  for (let node = 0; node < sizes.length; node++) {
    const size = sizes[node] as number;
    const kind = kinds[node] as number;
    self_bytes[kind] = (self_bytes[kind] as number) + size;
    if (size !== 0) continue;
    counts[kind] = (counts[kind] as number) - 1;
    keepUpTo(node);
    from = node + 1;
  }
  keepUpTo(sizes.length);
  return {
    length: entries,
    ids: ids.subarray(0, entries),
    kinds: kinds.subarray(0, entries),
    selfSizes: sizes.subarray(0, entries) as Sizes,
    retainedSizes: undefined,
    spans: undefined,
    ordinals: undefined,
    kindSums: { counts, self_bytes },
  };
}

export interface AnalyseOptions {
  readonly withShapes: boolean;
  /** Whether the graph is needed afterwards, for paths. Else its memory is given back as early as can be. */
  readonly keepGraph: boolean;
  readonly onStage?: ((stage: 'dominators' | 'classes', ratio: number) => void) | undefined;
  /** Called as soon as facts are known: where the graph is kept, before anything else. */
  readonly onFacts?: ((facts: ReadonlyMap<number, KindFacts>) => void) | undefined;
  /** Called before the slots of working memory are used, where the graph has a room. */
  readonly onBeforeSlots?: ((room: GraphRoom) => void) | undefined;
  /** Called with the digest where the graph is not kept, as soon as it is there; and with the room whose rest is free. */
  readonly onDigest?: ((digest: Digest, room: GraphRoom | undefined) => void) | undefined;
  /** Called when the edges are not needed again but for paths. */
  readonly onIdleEdges?: (() => void) | undefined;
}

/** Retained sizes, by DevTools' rules. Uses the snapshot's columns up, but for what `keepGraph` keeps. */
export function analyse(snapshot: ParsedSnapshot, options: AnalyseOptions): Analysed {
  const { nodes, edges, layout, found, trie } = snapshot;
  const kindCounts = countKinds(snapshot);
  const readFacts = () => {
    const facts = readKindFacts(snapshot, kindCounts, options.withShapes);
    options.onFacts?.(facts);
    return facts;
  };
  if (!edges) return { facts: readFacts(), digest: digestOfNodes(snapshot, kindCounts) };
  const sizes = sizesOf(snapshot);
  const graph: Graph = {
    nodeCount: layout.nodeCount,
    rootOrdinal: layout.rootOrdinal,
    types: nodes.types,
    firstEdges: nodes.firstEdges,
    edges: edges.edges,
  };
  const domTrees = new Set<number>();
  for (const [ordinal, name] of nodes.syntheticNames) {
    if (found.get(ruleText.documentDomTrees)?.has(name)) domTrees.add(ordinal);
  }
  options.onStage?.('dominators', 0);
  const { graphRoom } = snapshot;
  const fits =
    graphRoom !== undefined && sizes instanceof Uint32Array && hasRoomForKinds(graphRoom, trie.length);
  const scratch = new Scratch(layout.nodeCount, layout.edgeCount, fits ? graphRoom : undefined);
  const externalData = found.get(ruleText.externalStringData) ?? new Set<number>();
  const isUserRoot = (ordinal: number) =>
    nodes.types[ordinal] !== nodeType.synthetic || domTrees.has(ordinal);
  if (options.keepGraph) return { facts: readFacts(), digest: fits ? inRoom() : inArrays(), scratch };
  const digest = fits ? inRoom() : inArrays();
  // All columns of nodes are one block.
  release(nodes.kinds);
  scratch.releaseBut(digest.ids.buffer);
  options.onDigest?.(digest, fits ? graphRoom : undefined);
  return { digest, facts: readFacts() };

  function inRoom(): Digest {
    const room = graphRoom as GraphRoom;
    const { kinds, ids, selfSizes } = nodes;
    if (hasUserRoots(graph, isUserRoot)) giveStorageInRoom(room, graph.rootOrdinal, trie, externalData);
    options.onStage?.('dominators', 0.3);
    options.onBeforeSlots?.(room);
    const walk = walkInRoom(room, graph, domTrees, scratch);
    options.onIdleEdges?.();
    sortMetEdges(room, scratch);
    const numbered = bitsOf(walk.number, walk.length, layout.nodeCount);
    options.onStage?.('dominators', 0.6);
    findDominatorsInRoom(room);
    options.onStage?.('dominators', 0.9);
    const isNumbered = (ordinal: number) => numbered?.[ordinal] !== 0;
    return digestInRoom(room, { kinds, ids, sizes: selfSizes }, isNumbered, scratch, options.keepGraph);
  }

  function inArrays(): Digest {
    giveStorageToOwners(
      graph,
      sizes,
      scratch,
      (ordinal) => externalData.has(trie.fact[nodes.kinds[ordinal] as number] as number),
      isUserRoot,
    );
    options.onStage?.('dominators', 0.3);
    const walk = walkDepthFirst(graph, domTrees, scratch);
    options.onIdleEdges?.();
    // With where each node's begin.
    if (!options.keepGraph) release(graph.edges);
    const predecessors = predecessorsOf(walk, scratch);
    const numbered = bitsOf(walk.number, walk.length, layout.nodeCount);
    options.onStage?.('dominators', 0.6);
    const dominator = immediateDominators(walk.length, walk.parent, predecessors, scratch);
    options.onStage?.('dominators', 0.9);
    const { nodeCount } = graph;
    const { length, vertex } = walk;
    return digestOfTree(
      { nodeCount, ids: nodes.ids, kinds: nodes.kinds, sizes },
      { length, vertex, dominator, isNumbered: (ordinal) => numbered?.[ordinal] !== 0 },
      scratch,
      options.keepGraph,
    );
  }
}

/** For each node ordinal, 1 where it has a number; undefined where all have. */
function bitsOf(number: Int32Array, length: number, nodeCount: number): Uint8Array | undefined {
  if (length === nodeCount) return undefined;
  return Uint8Array.from(number, (each) => (each === -1 ? 0 : 1));
}
