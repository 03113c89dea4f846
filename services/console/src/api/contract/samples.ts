/** What is recorded over time: samples and events. */

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

/**
 * `GET /api/samples?from=&to=&points=&service=`: columns of equal length. Between two points lie `step_seconds`. `service` is "a",
 * the first, where it is not said; 404 `unknown_service` for one that no lab has now.
 */
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
  | 'snapshot_forced'
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
