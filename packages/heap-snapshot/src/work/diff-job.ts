import type { ClassTable } from '../classes/class-table.ts';
import { sumLast } from '../classes/sum-in-room.ts';
import { type Numbered, renumbered, type Summed } from '../classes/summed.ts';
import { classDiffs } from '../diff/class-diffs.ts';
import { IdLookup } from '../diff/id-lookup.ts';
import { knownNodes } from '../diff/known-nodes.ts';
import { diffObjects, findSurvivors, type ObjectsDiff, type Survivors } from '../diff/objects-diff.ts';
import { areOfOneProcess } from '../diff/same-process.ts';
import type { Digest } from '../dominators/digest.ts';
import type { ShortestWays } from '../paths/breadth-first.ts';
import { findClassPaths, type PathRequest, pathRequest } from '../paths/class-paths.ts';
import { describeGrowing, findCandidates, findGrowing, type IsKnown } from '../paths/growing.ts';
import type { ClassDiff, Progress, SnapshotDiff } from '../types.ts';
import type { LaidEdges } from './lay-aside.ts';
import { pathSourceOf, placeAlone } from './path-source.ts';
import type { Earlier, Prepared, PreparedGraph } from './prepare.ts';

/** What of a diff's options crosses threads. */
export interface DiffJobOptions {
  readonly classesOnly: boolean;
  readonly shapes: boolean;
  readonly filter: string | RegExp | undefined;
  readonly top: number | undefined;
  readonly paths: number | readonly string[];
  readonly clusters: number;
}

const mostGrowing = 10;

/** What of the last snapshot is not in this thread's memory to begin with. */
export interface Elsewhere {
  /** Its shortest ways, where another thread looks for them. */
  readonly ways?: Promise<ShortestWays> | undefined;
  /** Its edges, where memory is short: they come back when the earlier snapshots are done with. */
  readonly edges?: LaidEdges | undefined;
}

/** The last snapshot, with its graph where paths are wanted. */
export interface LastSnapshot extends PreparedGraph {
  readonly numbered: Numbered;
}

/** Compares snapshots that have been added up; the last of them with its graph, where paths are wanted. */
export async function compare(
  prepared: readonly Earlier[],
  last: LastSnapshot,
  options: DiffJobOptions,
  onProgress: (stage: Progress['stage'], ratio: number) => void,
  elsewhere: Elsewhere = {},
): Promise<SnapshotDiff> {
  onProgress('diff', 0);
  const { table, classOfKind, plainNames } = last.numbered;
  for (const each of prepared) table.adopt(each.summed.classes);
  const summed = prepared.map((each) => renumbered(each.summed, table));
  const classCount = table.classes.length;
  // Of the slots only the paths' are used from now on, and this one not before it is done with.
  const classOfEntry = last.scratch?.slot(5) ?? new Int32Array(last.digest.length);
  const lastSums = sumLast(last, classOfKind, classCount, classOfEntry);
  const sums = [...summed.map((each) => each.sums), lastSums];
  const lookups = prepared.map(({ digest, lookupFrom }) => new IdLookup(digest.ids, lookupFrom));
  const sides = prepared.map(({ digest }, index) => ({ ...(summed[index] as Summed), digest }));
  const lastSide = { digest: last.digest, classOfKind, classOfEntry, plainNames };
  const sameProcess = sides.every((side, index) =>
    areOfOneProcess(side, lastSide, lookups[index] as IdLookup),
  );
  const [firstSide] = sides;
  let objects: ObjectsDiff | undefined;
  let survivors: Survivors | undefined;
  if (sameProcess && firstSide) {
    objects = diffObjects(firstSide, lastSide, lookups[0] as IdLookup, classCount);
    if (lookups.length > 1) {
      survivors = findSurvivors(lastSide, lookups[0] as IdLookup, lookups[1] as IdLookup, classCount);
    }
  }
  let ways: ShortestWays | undefined;
  const source = options.classesOnly ? undefined : pathSourceOf(last, table, classOfKind, () => ways);
  const earlier = prepared.map(({ digest }, index) => ({ digest, lookup: lookups[index] as IdLookup }));
  const candidates = source && sameProcess ? findCandidates(source, classOfEntry, earlier) : [];
  const all = [...prepared, last];
  const warnings = sameProcess ? sameWarnings(all) : [differentProcesses];
  const rows = classDiffs({ classes: table.classes, sums, objects, survivors });
  const passing = rows.filter((row) => passes(row, options.filter)).slice(0, options.top);
  const chosen =
    typeof options.paths === 'number'
      ? mostTelling(passing).slice(0, options.paths)
      : rows.filter(({ name, key }) =>
          (options.paths as readonly string[]).some((each) => each === name || each === key),
        );
  const requests = source
    ? requestsOf(chosen, last.digest, classOfEntry, table, survivors?.isSurvivor ?? objects?.isAdded)
    : [];
  const isKnown = lookups.map((lookup): IsKnown => {
    if (!elsewhere.edges) return (node) => lookup.find(last.digest.ids[node] as number) !== -1;
    const bits = knownNodes(last.digest, lookup);
    lookup.release();
    return bits;
  });
  // Over what the last digest has besides the nodes' columns.
  elsewhere.edges?.restore(last.scratch);
  const placeOf = new Map(table.classes.map(({ key, place }) => [key, place]));
  const classes = passing.map((row): ClassDiff => {
    const place = placeOf.get(row.key);
    return { ...row, location: place && (source ? source.describer.locate(place) : placeAlone(place)) };
  });
  onProgress('paths', 0);
  const warned = { snapshots: all.map(({ info }) => info), same_process: sameProcess, warnings, classes };
  if (!source) return { ...warned, paths: [], growing: [] };
  const grown = findGrowing(source, candidates, isKnown, mostGrowing);
  // From here on the earlier digests' memory may be the paths'.
  ways = await elsewhere.ways;
  const paths = findClassPaths(source, requests, options.clusters);
  onProgress('paths', 0.8);
  const growing = describeGrowing(source, grown);
  return { ...warned, paths, growing };
}

const differentProcesses =
  'The snapshots are of different processes: ids stand for other objects in each, so only classes are compared. ' +
  'To compare objects take all of them in one process.';

/** Says so where two snapshots are one. */
function sameWarnings(all: readonly Pick<Prepared, 'info' | 'digest'>[]): string[] {
  return all.slice(1).flatMap((each, index) => {
    const before = all[index] as Pick<Prepared, 'info' | 'digest'>;
    const { length, ordinals, ids } = each.digest;
    const same =
      length === before.digest.length &&
      each.info.self_bytes === before.info.self_bytes &&
      before.digest.ids.every((id, at) => id === ids[ordinals ? (ordinals[at] as number) : at]);
    return same
      ? [
          `${before.info.source} and ${each.info.source} hold the same objects. Expected snapshots taken at different times.`,
        ]
      : [];
  });
}

function passes({ name }: ClassDiff, filter: string | RegExp | undefined): boolean {
  if (filter === undefined) return true;
  if (typeof filter === 'string') return name.toLowerCase().includes(filter.toLowerCase());
  filter.lastIndex = 0;
  return filter.test(name);
}

/**
 * The classes whose paths say most, each group in the order given: those with new objects, the program's before the
 * engine's own; then those whose objects only hold more.
 */
function mostTelling(rows: readonly ClassDiff[]): ClassDiff[] {
  const grown = rows.filter(
    (row) => row.count_delta > 0 || row.self_bytes_delta > 0 || (row.retained_bytes_delta ?? 0) > 0,
  );
  const rank = ({ name, added }: ClassDiff) => (added.count === 0 ? 2 : isOfEngine(name) ? 1 : 0);
  return grown.sort((a, b) => rank(a) - rank(b));
}

/** `(system)`, `(code)`, `(string)` and the like, and what V8 names after its own parts. */
function isOfEngine(name: string): boolean {
  return /^(Detached )?(\(.*\)$|system \/ )/s.test(name);
}

/** The new objects of each class, or all of them where none is new. */
function requestsOf(
  rows: readonly ClassDiff[],
  digest: Digest,
  classOfEntry: Int32Array,
  table: ClassTable,
  isNew: Uint8Array | undefined,
): PathRequest[] {
  const { length } = digest;
  const rowOfClass = new Int32Array(table.classes.length).fill(-1);
  rows.forEach(({ key }, row) => {
    rowOfClass[table.classes.findIndex((each) => each.key === key)] = row;
  });
  const all = new Int32Array(rows.length);
  const fresh = new Int32Array(rows.length);
  for (let entry = 0; entry < length; entry++) {
    const row = rowOfClass[classOfEntry[entry] as number] as number;
    if (row === -1) continue;
    all[row] = (all[row] as number) + 1;
    if (isNew?.[entry]) fresh[row] = (fresh[row] as number) + 1;
  }
  const entries = rows.map((_, row) => new Int32Array(fresh[row] || (all[row] as number)));
  const filled = new Int32Array(rows.length);
  for (let entry = 0; entry < length; entry++) {
    const row = rowOfClass[classOfEntry[entry] as number] as number;
    if (row === -1 || (fresh[row] !== 0 && !isNew?.[entry])) continue;
    const at = filled[row] as number;
    (entries[row] as Int32Array)[at] = entry;
    filled[row] = at + 1;
  }
  return rows.map(({ key, name }, row) => pathRequest(digest, key, name, entries[row] as Int32Array));
}
