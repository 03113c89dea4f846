import { type KindFacts, readKindFacts } from '../classes/kind-facts.ts';
import { walkDepthFirst } from '../dominators/depth-first.ts';
import type { Digest } from '../dominators/digest.ts';
import { digestOfTree } from '../dominators/digest-of-tree.ts';
import { predecessorsOf } from '../dominators/predecessors.ts';
import { immediateDominators } from '../dominators/semi-nca.ts';
import type { Graph, Sizes } from '../graph/graph.ts';
import { release } from '../graph/release.ts';
import { Scratch } from '../graph/scratch.ts';
import { giveStorageToOwners } from '../graph/shallow-sizes.ts';
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
  const sizes = Float64Array.from(nodes.selfSizes) as Float64Array<ArrayBuffer>;
  for (const [ordinal, size] of nodes.hugeSizes) sizes[ordinal] = size;
  return sizes;
}

/** The digest of a snapshot read without edges: in the order of the file, own sizes as V8 wrote them. */
export function digestOfNodes(snapshot: ParsedSnapshot): Digest {
  const { nodes } = snapshot;
  const sizes = sizesOf(snapshot);
  const { ids, kinds } = nodes;
  let entries = 0;
  for (let node = 0; node < sizes.length; node++) {
    if (sizes[node] === 0) continue;
    ids[entries] = ids[node] as number;
    kinds[entries] = kinds[node] as number;
    sizes[entries] = sizes[node] as number;
    entries++;
  }
  return {
    length: entries,
    ids: ids.subarray(0, entries),
    kinds: kinds.subarray(0, entries),
    selfSizes: sizes.subarray(0, entries) as Sizes,
    retainedSizes: undefined,
    spans: undefined,
    ordinals: undefined,
  };
}

export interface AnalyseOptions {
  readonly withShapes: boolean;
  /** Whether the graph is needed afterwards, for paths. Else its memory is given back as early as can be. */
  readonly keepGraph: boolean;
  readonly onStage?: ((stage: 'dominators' | 'classes', ratio: number) => void) | undefined;
  /** Called when the edges are as they stay. */
  readonly onFinalEdges?: (() => void) | undefined;
  /** Called when the edges are not needed again but for paths. */
  readonly onIdleEdges?: (() => void) | undefined;
}

/** Retained sizes, by DevTools' rules. Uses the snapshot's columns up, but for what `keepGraph` keeps. */
export function analyse(snapshot: ParsedSnapshot, options: AnalyseOptions): Analysed {
  const { nodes, edges, layout, found, trie } = snapshot;
  const facts = readKindFacts(snapshot, options.withShapes);
  if (!edges) {
    const digest = digestOfNodes(snapshot);
    return { digest, facts };
  }
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
  const scratch = new Scratch(layout.nodeCount, layout.edgeCount);
  const externalData = found.get(ruleText.externalStringData) ?? new Set<number>();
  giveStorageToOwners(
    graph,
    sizes,
    scratch,
    (ordinal) => externalData.has(trie.fact[nodes.kinds[ordinal] as number] as number),
    (ordinal) => nodes.types[ordinal] !== nodeType.synthetic || domTrees.has(ordinal),
  );
  options.onStage?.('dominators', 0.3);
  const walk = walkDepthFirst(graph, domTrees, scratch);
  options.onFinalEdges?.();
  options.onIdleEdges?.();
  // With where each node's begin.
  if (!options.keepGraph) release(edges.edges);
  const predecessors = predecessorsOf(walk, scratch);
  const numbered = bitsOf(walk.number, walk.length, layout.nodeCount);
  options.onStage?.('dominators', 0.6);
  const dominator = immediateDominators(walk.length, walk.parent, predecessors, scratch);
  options.onStage?.('dominators', 0.9);
  const digest = digestOfTree(
    { nodeCount: graph.nodeCount, ids: nodes.ids, kinds: nodes.kinds, sizes },
    {
      length: walk.length,
      vertex: walk.vertex,
      dominator,
      isNumbered: (ordinal) => numbered?.[ordinal] !== 0,
    },
    scratch,
    options.keepGraph,
  );
  if (options.keepGraph) return { digest, facts, scratch };
  // All columns of nodes are one block.
  release(nodes.kinds);
  scratch.releaseBut(digest.ids.buffer);
  return { digest, facts };
}

/** For each node ordinal, 1 where it has a number; undefined where all have. */
function bitsOf(number: Int32Array, length: number, nodeCount: number): Uint8Array | undefined {
  if (length === nodeCount) return undefined;
  return Uint8Array.from(number, (each) => (each === -1 ? 0 : 1));
}
