/** What grew between two snapshots. */
import type { AllocationLine } from './evidence.ts';

/** One step of a path, from the root to the object itself. */
export interface PathStep {
  /** What leads into this step; '' for the root. */
  readonly edge: string;
  readonly name: string;
  readonly id: number;
  readonly source: string | null;
}

export interface PathCluster {
  readonly count: number;
  readonly share_of_bytes: number;
  readonly steps: readonly PathStep[];
}

export interface DiffRow {
  readonly class_name: string;
  readonly added_count: number;
  readonly deleted_count: number;
  readonly count_delta: number;
  readonly self_delta_bytes: number;
  readonly retained_before_bytes: number;
  readonly retained_after_bytes: number;
  readonly retained_delta_bytes: number;
  /** Where an object of the class is made, by the snapshot's locations; `null` where none is known. */
  readonly source: string | null;
  /** The growing allocation line that this class most likely comes from, where both are known. */
  readonly allocated_at: AllocationLine | null;
  readonly paths: readonly PathCluster[];
}

export interface CollectionRow {
  readonly name: string;
  readonly owner: string;
  readonly count_before: number;
  readonly count_after: number;
  readonly retained_after_bytes: number;
}

/** A comparison without what it found: `GET /api/diffs` is `{diffs: DiffSummary[]}`, newest first. */
export type DiffSummary = Omit<Diff, 'rows' | 'collections'>;

/** `POST /api/diffs` `{before, after}` (ids of snapshots) answers 202 with `status: "running"`, or the finished one; `GET /api/diffs/:id`, `GET /api/diffs/latest` (`null` before the first). `DELETE /api/diffs/:id` cancels. */
export interface Diff {
  readonly id: number;
  readonly before: number;
  readonly after: number;
  readonly status: 'running' | 'done' | 'failed';
  /** 0 to 1. */
  readonly progress: number;
  readonly message: string | null;
  readonly seconds: number | null;
  readonly rows: readonly DiffRow[];
  readonly collections: readonly CollectionRow[];
}
