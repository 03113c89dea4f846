import type { IdLookup } from '../diff/id-lookup.ts';
import type { Digest } from '../dominators/digest.ts';
import type { GrowingCollection, PathStep } from '../types.ts';
import { describeWay, holdersOf, type PathSource, wayTo } from './class-paths.ts';
import { type CollectionKind, entriesOf, keep } from './collection-entries.ts';
import { nameWays } from './edge-names.ts';
import { Signatures } from './signatures.ts';

const kinds: ReadonlySet<string> = new Set(['Map', 'Set', 'Array', 'WeakMap', 'WeakSet', 'Object']);

/** Collections that gained less than this say little. */
const leastGrowth_bytes = 256;
const large_bytes = 1024;
/** An object with fewer properties is a record, not a collection. */
const fewestProperties = 32;
/** So many of those that grew most have their entries counted. */
const mostLookedAt = 500;

/** An earlier snapshot, to find objects of the last one in. */
export interface Earlier {
  readonly digest: Digest;
  readonly lookup: IdLookup;
}

/** A collection that may have grown. */
export interface Candidate {
  readonly node: number;
  readonly kind: CollectionKind;
  /** In each snapshot. */
  readonly retained_bytes: readonly (number | null)[];
  readonly growth_bytes: number;
  readonly self_bytes: number;
}

/** A collection that grew, before its path is known. */
interface Grown extends Candidate {
  readonly entries: readonly number[];
}

/** Tells whether an earlier snapshot has an object of the last one, by its node ordinal. */
export type IsKnown = (node: number) => boolean;

/** Those candidates that have more entries in each snapshot than in the one before. */
export function findGrowing(
  source: PathSource,
  candidates: readonly Candidate[],
  earlier: readonly IsKnown[],
  most: number,
): Grown[] {
  return candidates
    .map((each) => ({ ...each, entries: countEntries(source, earlier, each) }))
    .filter(
      ({ kind, entries }) =>
        entries.every((count, at) => at === 0 || count > (entries[at - 1] as number)) &&
        (kind !== 'Object' || (entries.at(-1) as number) >= fewestProperties),
    )
    .slice(0, most);
}

/** Adds what holds them. */
export function describeGrowing(source: PathSource, candidates: readonly Grown[]): GrowingCollection[] {
  const { snapshot, digest, ways } = source;
  const named = nameWays(snapshot, source.graph, source.scratch, ways, [
    Int32Array.from(candidates, ({ node }) => node),
  ]);
  const signatures = new Signatures(
    named,
    source.scratch,
    (node) => source.classOfKind[snapshot.nodes.kinds[node] as number] as number,
  );
  const found = candidates.map((each) => ({ ...each, way: wayTo(each.node, named, signatures) }));
  source.describer.prefetch(found.flatMap(({ way }) => holdersOf(way, ways)));
  return found.map(({ node, kind, way, entries, retained_bytes }): GrowingCollection => {
    const steps = describeWay(source, named, way);
    const owner = ownerOf(steps);
    return {
      kind: steps.slice(-2).some(({ edge }) => edge === '._events') ? 'listeners' : kind,
      object_id: digest.ids[node] as number,
      owner: owner.name,
      owner_location: owner.step?.location,
      entries,
      retained_bytes,
      steps,
    };
  });
}

/** Those that grew most, and of equals the largest. */
function keepGreatest(candidates: Candidate[]): Candidate[] {
  return candidates.sort(byGreatness).slice(0, mostLookedAt);
}

type Greatness = Pick<Candidate, 'growth_bytes' | 'self_bytes'>;

function byGreatness(a: Greatness, b: Greatness): number {
  return b.growth_bytes - a.growth_bytes || b.self_bytes - a.self_bytes;
}

/**
 * Collections of the last snapshot that are in all earlier ones and retained as much in each as in the one before. The
 * graph's edges are not needed, but where they begin.
 */
export function findCandidates(
  { snapshot, graph, digest, classes }: PathSource,
  classOfEntry: Int32Array,
  earlier: readonly Earlier[],
): Candidate[] {
  const plain = snapshot.found.get('Object');
  const kindOfClass = classes.map(({ name }) =>
    name.startsWith('{') ? 'Object' : kinds.has(name) ? name : undefined,
  );
  const { length, ids, retainedSizes } = digest;
  const ordinals = digest.ordinals as Int32Array;
  const { firstEdges } = graph;
  let candidates: Candidate[] = [];
  /** The least of those kept so far, once there are enough of them. */
  let least: Candidate | undefined;
  const isCandidate = Uint8Array.from(kindOfClass, (kind) =>
    kind === undefined || (kind === 'Object' && plain === undefined) ? 0 : 1,
  );
  for (let entry = 0; entry < length; entry++) {
    const number = classOfEntry[entry] as number;
    if (isCandidate[number] === 0) continue;
    const node = ordinals[entry] as number;
    const kind = kindOfClass[number] as CollectionKind;
    if (
      kind === 'Object' &&
      (firstEdges[node + 1] as number) - (firstEdges[node] as number) < fewestProperties
    )
      continue;
    const retained_bytes = retainedSizes?.[entry] ?? 0;
    let later_bytes = retained_bytes;
    for (let index = earlier.length - 1; index >= 0 && later_bytes >= 0; index--) {
      const { digest: old, lookup } = earlier[index] as Earlier;
      const at = lookup.find(ids[node] as number);
      const earlier_bytes = at === -1 ? 0 : (old.retainedSizes?.[at] ?? 0);
      later_bytes = at === -1 || earlier_bytes > later_bytes ? -1 : earlier_bytes;
    }
    if (later_bytes < 0) continue;
    const growth_bytes = retained_bytes - later_bytes;
    const self_bytes = digest.selfSizes[node] as number;
    // What others hold too does not count as retained: a large one is looked at though it seems not to grow.
    if (growth_bytes < leastGrowth_bytes && self_bytes < large_bytes) continue;
    if (least && byGreatness({ growth_bytes, self_bytes }, least) >= 0) continue;
    const before = earlier.map(
      ({ digest: old, lookup }) => old.retainedSizes?.[lookup.find(ids[node] as number)] ?? null,
    );
    candidates.push({
      node,
      kind,
      retained_bytes: [...before, retainedSizes?.[entry] ?? null],
      growth_bytes,
      self_bytes,
    });
    if (candidates.length >= 4 * mostLookedAt) {
      candidates = keepGreatest(candidates);
      least = candidates.at(-1);
    }
  }
  return keepGreatest(candidates);
}

/**
 * Entries in each snapshot: those of the last, less those that lead to what an earlier one does not have. What has no
 * size is in no digest, so it is left aside.
 */
function countEntries(source: PathSource, earlier: readonly IsKnown[], candidate: Candidate): number[] {
  const { targets: all, perEntry } = entriesOf(source, candidate.node, candidate.kind);
  const targets = keep(all, (node) => source.digest.selfSizes[node] !== 0);
  const known = earlier.map((isKnown) => {
    let count = 0;
    for (const node of targets) if (isKnown(node)) count++;
    return count;
  });
  return [...known, targets.length].map((count) => Math.round(count / perEntry));
}

/** The last holder with a name of its own, and the name it knows the collection by. */
function ownerOf(steps: readonly PathStep[]): { name: string; step: PathStep | undefined } {
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at] as PathStep;
    if (step.edge.startsWith('{')) continue;
    const rest = steps.slice(at + 1).map(({ edge }) => (edge.startsWith('{') ? '' : edge));
    if (step.edge.startsWith('->')) return { name: `variable ${step.edge.slice(2)}${rest.join('')}`, step };
    if (step.edge.startsWith('.')) {
      const above = steps[at - 1];
      const isPlain = step.holder.startsWith('{') || step.holder === 'Object';
      const holder = isPlain && above ? `${above.holder}${above.edge}` : step.holder;
      return { name: `${holder}${step.edge}${rest.join('')}`, step };
    }
  }
  return { name: steps.map(({ holder, edge }) => `${holder}${edge}`).at(-1) ?? '(root)', step: steps.at(-1) };
}
