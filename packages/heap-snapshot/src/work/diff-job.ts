import { ClassTable, sumClasses } from '../classes/class-table.ts';
import { inferShapes } from '../classes/shapes.ts';
import { classDiffs } from '../diff/class-diffs.ts';
import { IdLookup } from '../diff/id-lookup.ts';
import { diffObjects, findSurvivors, type ObjectsDiff, type Survivors } from '../diff/objects-diff.ts';
import { areOfOneProcess } from '../diff/same-process.ts';
import { findClassPaths, type PathRequest, type PathSource } from '../paths/class-paths.ts';
import { findGrowing } from '../paths/growing.ts';
import type { ParsedSnapshot } from '../read/parse.ts';
import type { ClassDiff, Progress, SnapshotDiff } from '../types.ts';
import { pathSourceOf, placeAlone } from './path-source.ts';
import type { Prepared } from './prepare.ts';

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

/** Compares snapshots that have been added up; the last of them with its graph, where paths are wanted. */
export function compare(
  prepared: readonly Prepared[],
  last: Prepared & { readonly snapshot: ParsedSnapshot },
  options: DiffJobOptions,
  onProgress: (stage: Progress['stage'], ratio: number) => void,
): SnapshotDiff {
  onProgress('diff', 0);
  const table = new ClassTable(options.shapes ? inferShapes(last.facts.values()) : []);
  const all = [...prepared, last];
  const numbers = all.map(({ facts }) => table.numbersOf(facts));
  const classCount = table.classes.length;
  const sums = all.map(({ digest }, index) => sumClasses(digest, numbers[index] as Int32Array, classCount));
  const lookups = prepared.map(({ digest }) => new IdLookup(digest.ids));
  const sameProcess = prepared.every((each, index) =>
    areOfOneProcess(each, last, lookups[index] as IdLookup),
  );
  const sides = all.map(({ digest }, index) => ({ digest, classOfKind: numbers[index] as Int32Array }));
  const [firstSide] = sides;
  const lastSide = sides.at(-1);
  let objects: ObjectsDiff | undefined;
  let survivors: Survivors | undefined;
  if (sameProcess && firstSide && lastSide) {
    objects = diffObjects(firstSide, lastSide, lookups[0] as IdLookup, classCount);
    if (lookups.length > 1) {
      survivors = findSurvivors(lastSide, lookups[0] as IdLookup, lookups[1] as IdLookup, classCount);
    }
  }
  const source = options.classesOnly ? undefined : pathSourceOf(last, table, numbers.at(-1) as Int32Array);
  const rows = classDiffs({
    classes: table.classes,
    sums,
    objects,
    survivors,
    locate: ({ place }) => place && (source ? source.describer.locate(place) : placeAlone(place)),
  });
  const classes = rows.filter((row) => passes(row, options.filter)).slice(0, options.top);
  onProgress('paths', 0);
  const warnings = sameProcess ? sameWarnings(all) : [differentProcesses];
  const warned = { snapshots: all.map(({ info }) => info), same_process: sameProcess, warnings, classes };
  if (!source) return { ...warned, paths: [], growing: [] };
  const chosen =
    typeof options.paths === 'number'
      ? classes.filter(grew).slice(0, options.paths)
      : rows.filter(({ name, key }) =>
          (options.paths as readonly string[]).some((each) => each === name || each === key),
        );
  const requests = requestsOf(chosen, source, table, survivors?.isSurvivor ?? objects?.isAdded);
  const paths = findClassPaths(source, requests, options.clusters);
  onProgress('paths', 0.8);
  const earlier = prepared.map(({ digest }, index) => ({ digest, lookup: lookups[index] as IdLookup }));
  const growing = sameProcess ? findGrowing(source, earlier, mostGrowing) : [];
  return { ...warned, paths, growing };
}

const differentProcesses =
  'The snapshots are of different processes: ids stand for other objects in each, so only classes are compared. ' +
  'To compare objects take all of them in one process.';

/** Says so where two snapshots are one. */
function sameWarnings(all: readonly Prepared[]): string[] {
  return all.slice(1).flatMap((each, index) => {
    const before = all[index] as Prepared;
    const { ids } = each.digest;
    const same =
      ids.length === before.digest.ids.length &&
      each.info.self_bytes === before.info.self_bytes &&
      ids.every((id, at) => id === before.digest.ids[at]);
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

function grew(row: ClassDiff): boolean {
  return row.count_delta > 0 || row.self_bytes_delta > 0 || (row.retained_bytes_delta ?? 0) > 0;
}

/** The new objects of each class, or all of them where none is new. */
function requestsOf(
  rows: readonly ClassDiff[],
  { digest, classOfKind }: PathSource,
  table: ClassTable,
  isNew: Uint8Array | undefined,
): PathRequest[] {
  const numberOfKey = new Map(table.classes.map(({ key }, number) => [key, number]));
  const places = new Map(rows.map(({ key }, at) => [numberOfKey.get(key) as number, at]));
  const news = rows.map((): number[] => []);
  const others = rows.map((): number[] => []);
  for (let entry = 0; entry < digest.kinds.length; entry++) {
    const at = places.get(classOfKind[digest.kinds[entry] as number] as number);
    if (at === undefined) continue;
    (isNew?.[entry] ? news : others)[at]?.push(entry);
  }
  return rows.map(({ key, name }, at) => {
    const entries = news[at]?.length ? news[at] : (others[at] ?? []);
    return { key, name, entries: Int32Array.from(entries) };
  });
}
