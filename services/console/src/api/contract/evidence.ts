/** What memory is held by: allocations by line, and snapshots. */

/** Where memory was allocated: the nearest frame of the project's own code. */
export interface AllocationLine {
  readonly location: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly size_bytes: number;
  readonly count: number;
  /** Against the profile compared with; 0 where there is none. */
  readonly growth_bytes: number;
  readonly growth_count: number;
}

/** `GET /api/allocations?at=&since=`: the profile at or before `at`, compared with the one of the same sampling at or before `since`, or its first; `null` where none is recorded. */
export interface Allocations {
  readonly time_ms: number;
  readonly since_ms: number | null;
  /** Where the service began to sample anew in this life, after a recording: what was allocated before is not in it. */
  readonly began_anew_ms: number | null;
  readonly pid: number;
  readonly growing: readonly AllocationLine[];
  readonly given_back: readonly AllocationLine[];
  readonly total_bytes: number;
  readonly total_growth_bytes: number;
}

/** `GET /api/source?file=&line=&around=`: lines of the service's own source; 404 for anything else. */
export interface SourceExcerpt {
  readonly file: string;
  readonly first_line: number;
  readonly lines: readonly string[];
}

/** The guard's word, as the service gives it. */
export interface GuardWord {
  readonly fits: boolean;
  readonly limit_bytes: number | null;
  readonly usage_bytes: number;
  readonly available_bytes: number | null;
  readonly live_heap_bytes: number;
  readonly estimated_objects: number;
  readonly estimated_cost_bytes: number;
  readonly estimated_seconds: number;
  readonly basis: string;
  readonly advice: readonly string[];
}

export interface SnapshotRecord {
  readonly id: number;
  readonly taken_at_ms: number;
  readonly pid: number;
  readonly file: string;
  readonly size_bytes: number;
  readonly live_heap_bytes: number | null;
  readonly seconds: number;
  readonly pinned: boolean;
  /** Why it can no longer be analysed (its file is gone or shorter than it was), or `null`. */
  readonly fault: string | null;
}

/** `GET /api/snapshots`. `POST` takes `{force?, limit?: 'keep' | 'raise'}` and answers with the record. `PATCH /:id` `{pinned}`, `DELETE /:id`, `GET /:id/file`. */
export interface SnapshotList {
  readonly snapshots: readonly SnapshotRecord[];
  readonly under_way: boolean;
  readonly kept_at_most: number;
  readonly kept_at_most_bytes: number;
}
