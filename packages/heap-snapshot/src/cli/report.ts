import type { SnapshotObject } from '../snapshot.ts';
import type {
  ClassDiff,
  ClassPaths,
  ClassSummary,
  GrowingCollection,
  SnapshotDiff,
  SnapshotInfo,
} from '../types.ts';
import type { RuleResult } from './fail-on.ts';

/** Version of the JSON that `--json` prints; it rises when a field changes its meaning or goes. */
export const reportFormat = 'heapdiff/1';

/** What `heapdiff` prints, in whichever format. */
export interface DiffReport {
  readonly format: typeof reportFormat;
  readonly kind: 'diff';
  readonly snapshots: readonly SnapshotInfo[];
  readonly same_process: boolean;
  readonly warnings: readonly string[];
  /** How many classes there are before `--top` cuts them. */
  readonly class_count: number;
  readonly classes: readonly ClassDiff[];
  readonly paths: readonly ClassPaths[];
  readonly growing: readonly GrowingCollection[];
  readonly rules: readonly RuleResult[];
  /** With `--class`: its greatest objects in the last snapshot. */
  readonly objects: readonly SnapshotObject[];
}

/** What `heapdiff summary` prints. */
export interface SummaryReport {
  readonly format: typeof reportFormat;
  readonly kind: 'summary';
  readonly snapshot: SnapshotInfo;
  readonly class_count: number;
  readonly classes: readonly ClassSummary[];
  readonly paths: readonly ClassPaths[];
  readonly objects: readonly SnapshotObject[];
}

export type Report = DiffReport | SummaryReport;

/** What a report adds to the diff it is made from. */
export interface DiffExtras {
  readonly top: number | undefined;
  readonly rules: readonly RuleResult[];
  readonly objects: readonly SnapshotObject[];
}

/** Makes the report of a diff of all classes: the first `top` of them, and what the rules say of all. */
export function diffReport(diff: SnapshotDiff, { top, rules, objects }: DiffExtras): DiffReport {
  return {
    format: reportFormat,
    kind: 'diff',
    snapshots: diff.snapshots,
    same_process: diff.same_process,
    warnings: diff.warnings,
    class_count: diff.classes.length,
    classes: diff.classes.slice(0, top),
    paths: diff.paths,
    growing: diff.growing,
    rules,
    objects,
  };
}
