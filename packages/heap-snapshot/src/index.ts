export { diffSnapshots } from './diff-snapshots.ts';
export { SnapshotError, type SnapshotErrorDetails } from './errors.ts';
export { expectNoGrowth, GrowthError, type GrowthOptions } from './expect-no-growth.ts';
export { openSnapshot } from './open-snapshot.ts';
export { retainingPaths } from './retaining-paths.ts';
export type { Snapshot, SnapshotObject } from './snapshot.ts';
export type {
  AnalysisOptions,
  ClassDiff,
  ClassPaths,
  ClassSize,
  ClassSummary,
  DiffOptions,
  GrowingCollection,
  ObjectSet,
  PathCluster,
  PathOptions,
  PathStep,
  PathTarget,
  Progress,
  SnapshotDiff,
  SnapshotInfo,
  SnapshotSource,
  SourceLocation,
  Trend,
  WorkOptions,
} from './types.ts';
