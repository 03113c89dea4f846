/**
 * What the console's API takes and gives, for the page and the command. Times are milliseconds since the epoch
 * (`_ms`) by the console's clock; sizes are bytes. Errors are `{error: {code, message, details}}` as in the service.
 */

export type ServiceState = 'starting' | 'up' | 'down' | 'hanging' | 'nonsense';

/** Something that is wrong now and that a person should know: shown on the page until it is over. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly since_ms: number;
}

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

export interface LeakState {
  readonly id: string;
  readonly enabled: boolean;
  readonly entries: number;
  readonly retained_bytes: number;
  readonly bytes_per_request: number;
}

/** `GET /api/now`, and the `now` event of the stream, once a second. */
export interface Now {
  readonly time_ms: number;
  readonly mode: 'embedded' | 'docker';
  readonly service: {
    readonly state: ServiceState;
    readonly since_ms: number;
    readonly message: string;
    readonly pid: number | null;
    readonly started_at_ms: number | null;
  };
  /** The last sample; `null` before the first. */
  readonly sample: Sample | null;
  /** Where the limit was raised for a snapshot and is not back yet: what it was. */
  readonly limit_raised_from_bytes: number | null;
  /** Over the last minute of this life; `null` where there is too little to tell. */
  readonly growth: {
    readonly bytes_per_second: Estimate | null;
    readonly bytes_per_request: Estimate | null;
    readonly seconds_to_limit: Estimate | null;
  };
  /** Absent when the lab is blind. */
  readonly leaks?: readonly LeakState[];
  readonly warnings: readonly Warning[];
  readonly deaths: number;
}

/** The columns that are recorded each second; `null` where a value was not known. */
export const sampleColumns = [
  'time_ms',
  'pid',
  'limit_bytes',
  'usage_bytes',
  'rss_bytes',
  'heap_used_bytes',
  'heap_total_bytes',
  'heap_after_gc_bytes',
  'external_bytes',
  'array_buffers_bytes',
  'new_space_bytes',
  'old_space_bytes',
  'large_object_space_bytes',
  'other_spaces_bytes',
  'event_loop_delay_p50_seconds',
  'event_loop_delay_p99_seconds',
  'event_loop_utilization',
  'cpu_seconds_per_second',
  'gc_minor_per_second',
  'gc_major_per_second',
  'gc_seconds_per_second',
  'requests_per_second',
  'errors_per_second',
  'requests_total',
  'in_flight',
  'open_sockets',
  'pending_jobs',
] as const;

export type SampleColumn = (typeof sampleColumns)[number];
export type Sample = Readonly<Record<SampleColumn, number | null>> & { readonly time_ms: number };

/** `GET /api/samples?from=&to=&points=`: columns of equal length. Between two points lie `step_seconds`. */
export interface SampleSeries {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly step_seconds: number;
  readonly columns: Readonly<Record<SampleColumn, readonly (number | null)[]>>;
}

export type EventKind =
  | 'leak_on'
  | 'leak_off'
  | 'load_begin'
  | 'load_end'
  | 'snapshot'
  | 'snapshot_refused'
  | 'diff'
  | 'death'
  | 'stop'
  | 'start'
  | 'reset'
  | 'gc'
  | 'limit_raised'
  | 'limit_restored'
  | 'console_start'
  | 'fault';

/** `GET /api/events?from=&to=` is `{events: LabEvent[]}`, oldest first, at most 2,000, the newest; and the `event` event of the stream. */
export interface LabEvent {
  readonly id: number;
  readonly time_ms: number;
  readonly kind: EventKind;
  readonly title: string;
  readonly details: Readonly<Record<string, unknown>>;
}

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

export type EndedBy =
  | 'v8-heap-limit'
  | 'kernel-oom-kill'
  | 'watchdog'
  | 'memory-kill-presumed'
  | 'signal'
  | 'exit'
  | 'unknown';

export interface DeathSummary {
  readonly id: number;
  readonly time_ms: number;
  readonly pid: number;
  readonly started_at_ms: number | null;
  readonly uptime_seconds: number | null;
  readonly ended_by: EndedBy;
  /** How that is known; says "inferred" where nobody told. */
  readonly known_by: string;
  readonly inferred: boolean;
  readonly exit_status: number | null;
  readonly signal: string | null;
  readonly last_usage_bytes: number | null;
  readonly limit_bytes: number | null;
  readonly top_line: AllocationLine | null;
}

/** `GET /api/deaths/:id`: the minute before. `GET /api/deaths` is `{deaths: DeathSummary[]}`, newest first. */
export interface Death extends DeathSummary {
  readonly samples: SampleSeries;
  readonly events: readonly LabEvent[];
  readonly in_flight: readonly {
    readonly method: string;
    readonly path: string;
    readonly age_seconds: number;
  }[];
  readonly allocations: Allocations | null;
  readonly bytes_per_request: Estimate | null;
  readonly bytes_per_second: Estimate | null;
  readonly report: {
    readonly file: string;
    readonly trigger: string;
    readonly javascript_stack: readonly string[];
  } | null;
  readonly leaks?: readonly LeakState[];
}

/**
 * `GET /api/stream`: server-sent events. `now` (Now, each second), `event` (LabEvent), `death` (DeathSummary),
 * `snapshots` (SnapshotList), `diff` (Diff without rows), `behind` (the reader was too slow; read again from the API).
 */
export type StreamEventName = 'now' | 'event' | 'death' | 'snapshots' | 'diff' | 'behind';

/* Further routes: POST /api/leaks/:id {enabled, bytes_per_request?}, POST /api/gc, POST /api/reset, POST /api/load {rate, seconds}
 * is not there: load is the command's. GET /api/guard (GuardWord). GET /api/evidence (application/gzip, a tar). GET /health. */
