import type {
  ClassDiff,
  ClassPaths,
  GrowingCollection,
  SnapshotDiff,
  PathStep as Step,
} from '@leak-lab/heap-snapshot';
import type { AllocationLine, CollectionRow, Diff, DiffRow, PathCluster } from '../api/contract.ts';
import { lineOf, placeOf } from './join-lines.ts';

/** What the analysis found, as the API gives it; `growing` are the lines that grew between the two snapshots. */
export function rowsOf(
  diff: SnapshotDiff,
  growing: readonly AllocationLine[],
): Pick<Diff, 'rows' | 'collections'> {
  const pathsOf = new Map(diff.paths.map((paths) => [paths.key, paths]));
  return {
    rows: diff.classes.map((one) => toRow(one, pathsOf.get(one.key), growing)),
    collections: diff.growing.map(toCollection),
  };
}

function toRow(one: ClassDiff, paths: ClassPaths | undefined, growing: readonly AllocationLine[]): DiffRow {
  return {
    class_name: one.name,
    added_count: one.added.count,
    deleted_count: one.deleted.count,
    count_delta: one.count_delta,
    self_delta_bytes: one.self_bytes_delta,
    retained_before_bytes: one.sizes.at(0)?.retained_bytes ?? 0,
    retained_after_bytes: one.sizes.at(-1)?.retained_bytes ?? 0,
    retained_delta_bytes: one.retained_bytes_delta ?? 0,
    source: placeOf(one.location),
    allocated_at: lineOf(one, paths, growing),
    paths: paths?.clusters.map((cluster) => toCluster(one, cluster)) ?? [],
  };
}

/** Each step with the edge that leads into it, from the root to the object itself. */
function toCluster(
  one: ClassDiff,
  { count, share, steps, object_id }: ClassPaths['clusters'][number],
): PathCluster {
  const path = steps.map(({ holder, holder_id, location }, index) => ({
    edge: edgeOf(steps[index - 1]),
    name: holder,
    id: holder_id,
    source: placeOf(location),
  }));
  const last = { edge: edgeOf(steps.at(-1)), name: one.name, id: object_id, source: placeOf(one.location) };
  return { count, share_of_bytes: share, steps: [...path, last] };
}

function edgeOf(holder: Step | undefined): string {
  if (holder === undefined) return '';
  return holder.repeats > 1 ? `${holder.edge} (${holder.repeats} times)` : holder.edge;
}

function toCollection({ kind, object_id, owner, entries, retained_bytes }: GrowingCollection): CollectionRow {
  return {
    name: `${kind} @${object_id}`,
    owner,
    count_before: entries.at(0) ?? 0,
    count_after: entries.at(-1) ?? 0,
    retained_after_bytes: retained_bytes.at(-1) ?? 0,
  };
}
