/** What of the procedure a reading belongs to. `warm-up` is what was sent before the baseline; it is not judged. */
export type Phase = 'warm-up' | 'baseline' | 'load' | 'after' | 'idle';

/** What memory may grow by. */
export type Unit = 'request' | 'event' | 'connection' | 'payload byte' | 'second';

/**
 * One reading of a server. Everything but the time may be missing (absent, or `null` where it was not known).
 * Counters go up from the start of the process; sizes are bytes.
 */
export interface Sample {
  readonly time_seconds: number;
  /** What tells one life of the process from the next: its start time, or its id. A change splits the series. */
  readonly process?: string | number | null | undefined;
  /** With phases the procedure is judged: baseline, load, after, and again load and after; then idle. */
  readonly phase?: Phase | null | undefined;

  readonly requests_total?: number | null | undefined;
  readonly failed_total?: number | null | undefined;
  readonly events_total?: number | null | undefined;
  readonly connections_total?: number | null | undefined;
  readonly payload_bytes_total?: number | null | undefined;

  /** Whether all garbage was collected just before this reading. */
  readonly collected?: boolean | undefined;
  /** In use in the heap, garbage included. */
  readonly heap_bytes?: number | null | undefined;
  /** What the runtime took from the system for its heap. */
  readonly heap_committed_bytes?: number | null | undefined;
  /** Outside of the heap, owned by its objects: buffers above all. */
  readonly external_bytes?: number | null | undefined;
  /** Heap in use just after the last full collection that the runtime told of. */
  readonly heap_after_gc_bytes?: number | null | undefined;
  readonly external_after_gc_bytes?: number | null | undefined;
  /** Full collections since the process started. */
  readonly full_gc_total?: number | null | undefined;
  readonly resident_bytes?: number | null | undefined;
  /** What counts against the limit. */
  readonly used_bytes?: number | null | undefined;
  readonly limit_bytes?: number | null | undefined;
  readonly open_sockets?: number | null | undefined;
  /** Connections to servers that it depends on, over which a call is under way. */
  readonly outgoing_connections?: number | null | undefined;
  /** Calls to those servers since the process started, and those of them that have neither ended nor failed. */
  readonly calls_total?: number | null | undefined;
  readonly calls_unfinished?: number | null | undefined;
  /** Memory of another server that this one writes to. */
  readonly remote_bytes?: number | null | undefined;
  readonly remote_limit_bytes?: number | null | undefined;
  /** Keys that are there, and those of them that will go by themselves. */
  readonly remote_keys?: number | null | undefined;
  readonly remote_keys_with_expiry?: number | null | undefined;
}
