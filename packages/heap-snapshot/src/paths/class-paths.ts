import type { ClassTable } from '../classes/class-table.ts';
import type { Digest } from '../dominators/digest.ts';
import type { Graph, Sizes } from '../graph/graph.ts';
import { typeBits, typeShift } from '../graph/packed-edge.ts';
import type { Scratch } from '../graph/scratch.ts';
import type { ParsedSnapshot } from '../read/parse.ts';
import type { ClassPaths, PathCluster, PathStep } from '../types.ts';
import type { ShortestWays } from './breadth-first.ts';
import { type Cluster, cluster, type Target } from './cluster.ts';
import type { Describer } from './describe.ts';
import { type NamedWays, nameWays, writeEdge } from './edge-names.ts';
import { Signatures } from './signatures.ts';

/** Whose paths are asked for: objects of one class. */
export interface PathRequest {
  readonly key: string;
  readonly name: string;
  /** Their node ordinals. */
  readonly nodes: Int32Array;
  /** For each of them, what it retains, in bytes; 0 where that is within what another of them retains. */
  readonly weights_bytes: Float64Array | Uint32Array;
}

/** Asks for the paths of a digest's `entries`, which ascend. The digest's own columns are not needed afterwards. */
export function pathRequest(digest: Digest, key: string, name: string, entries: Int32Array): PathRequest {
  const { selfSizes, retainedSizes, spans } = digest;
  const ordinals = digest.ordinals as Int32Array;
  const nodes = entries.map((entry) => ordinals[entry] as number);
  const weights_bytes =
    (retainedSizes ?? selfSizes) instanceof Float64Array
      ? new Float64Array(entries.length)
      : new Uint32Array(entries.length);
  let end = 0;
  entries.forEach((entry, index) => {
    if (entry < end) return;
    end = entry + (spans?.[entry] ?? 1);
    weights_bytes[index] = retainedSizes?.[entry] ?? (selfSizes[nodes[index] as number] as number);
  });
  return { key, name, nodes, weights_bytes };
}

/** A snapshot with its graph kept, ready for paths. */
export interface PathSource {
  readonly snapshot: ParsedSnapshot;
  readonly graph: Graph;
  readonly digest: Digest;
  readonly scratch: Scratch;
  readonly classes: ClassTable['classes'];
  readonly classOfKind: Int32Array;
  readonly describer: Describer;
  readonly ways: ShortestWays;
}

/** A path longer than this says no more than its ends do. */
const mostSteps = 100;

/** The ways in which the objects of each request are held. */
export function findClassPaths(
  source: PathSource,
  requests: readonly PathRequest[],
  most: number,
): ClassPaths[] {
  const { snapshot, graph, digest, ways } = source;
  const named = nameWays(
    snapshot,
    graph,
    source.scratch,
    ways,
    requests.map(({ nodes }) => nodes),
  );
  const classOf = (node: number) => source.classOfKind[snapshot.nodes.kinds[node] as number] as number;
  const signatures = new Signatures(named, source.scratch, classOf);
  const found = requests.map((request) => {
    const totals = { unreachable: 0, weight_bytes: 0 };
    const clusters = cluster(targetsOf(request, digest.selfSizes, ways, totals), signatures);
    return { clusters, ...totals };
  });
  const shown = found.map(({ clusters }) =>
    clusters
      .slice(0, most)
      .map((each) => ({ ...each, nodes: wayTo(each.representative, named, signatures) })),
  );
  source.describer.prefetch(shown.flat().flatMap((each) => holdersOf(each.nodes, ways)));
  return requests.map(({ key, name, nodes }, at) => {
    const { unreachable, weight_bytes } = found[at] as (typeof found)[number];
    return {
      key,
      name,
      count: nodes.length,
      unreachable,
      clusters: (shown[at] as (Cluster & { nodes: Way })[]).map(
        (each): PathCluster => ({
          steps: describeWay(source, named, each.nodes),
          object_id: snapshot.nodes.ids[each.representative] as number,
          count: each.count,
          self_bytes: each.self_bytes,
          share: weight_bytes === 0 ? each.count / nodes.length : each.weight_bytes / weight_bytes,
        }),
      ),
    };
  });
}

/** Sums over a request's objects, filled while they pass by. */
interface Totals {
  unreachable: number;
  weight_bytes: number;
}

function* targetsOf(
  { nodes, weights_bytes }: PathRequest,
  selfSizes: Sizes,
  ways: ShortestWays,
  totals: Totals,
): Generator<Target> {
  const target = { node: 0, self_bytes: 0, weight_bytes: 0 };
  for (let index = 0; index < nodes.length; index++) {
    target.node = nodes[index] as number;
    target.self_bytes = selfSizes[target.node] as number;
    target.weight_bytes = weights_bytes[index] as number;
    totals.weight_bytes += target.weight_bytes;
    if (ways.edgeTo[target.node] === -2) totals.unreachable++;
    else yield target;
  }
}

/** Nodes from the root's child down to the object, and how often the step to each repeats. */
export type Way = { readonly node: number; readonly repeats: number }[];

/** Where the signature comes back to what it was, a pattern has repeated: its first round stands for all. */
export function wayTo(node: number, ways: NamedWays, signatures: Signatures): Way {
  const chain: number[] = [];
  for (let at = node; (ways.edgeTo[at] as number) >= 0; at = ways.holder[at] as number) chain.push(at);
  const way: { node: number; repeats: number }[] = [];
  const places = new Map<number, number>();
  for (let at = chain.length - 1; at >= 0; at--) {
    const next = chain[at] as number;
    const signature = signatures.of(next);
    const place = places.get(signature);
    if (place === undefined) {
      places.set(signature, way.length);
      way.push({ node: next, repeats: 1 });
      continue;
    }
    const step = way[place] as { repeats: number };
    step.repeats++;
    for (const dropped of way.splice(place + 1)) places.delete(signatures.of(dropped.node));
  }
  const last = way.at(-1);
  // The object itself ends its path, whichever round of a pattern it was met in.
  if (last && last.node !== node) last.node = node;
  return way.length <= mostSteps ? way : [...way.slice(0, mostSteps / 2), ...way.slice(-mostSteps / 2)];
}

/** The nodes that a path names. */
export function holdersOf(way: Way, ways: ShortestWays): number[] {
  return way.map(({ node }) => ways.holder[node] as number);
}

export function describeWay(source: PathSource, ways: NamedWays, way: Way): PathStep[] {
  const { snapshot, graph, describer, classes, classOfKind } = source;
  const { nodes } = snapshot;
  return way.map(({ node, repeats }): PathStep => {
    const holder = ways.holder[node] as number;
    const packed = graph.edges[ways.edgeTo[node] as number] as number;
    const isRoot = holder === graph.rootOrdinal;
    const className = classes[classOfKind[nodes.kinds[holder] as number] as number]?.name ?? '';
    const raw = describer.name(holder);
    return {
      holder: isRoot ? '(root)' : raw === 'Object' || raw === '' ? className : raw,
      holder_id: nodes.ids[holder] as number,
      holder_type: nodes.typeNames[nodes.types[holder] as number] as string,
      edge: writeEdge(snapshot, (packed >>> typeShift) & typeBits, ways.names[node] as number),
      location: describer.location(holder),
      repeats,
    };
  });
}
