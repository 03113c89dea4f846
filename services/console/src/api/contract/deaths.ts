/** What is known of a death. */
import type { AllocationLine, Allocations } from './evidence.ts';
import type { Estimate, LeakState } from './now.ts';
import type { LabEvent, SampleSeries } from './samples.ts';

export type EndedBy =
  | 'v8-heap-limit'
  | 'kernel-oom-kill'
  | 'watchdog'
  | 'memory-kill-presumed'
  | 'signal'
  | 'exit'
  /** A process that said that descriptors, ports or memory for connections were used up. */
  | 'exhausted'
  | 'unknown';

/** Those by which a process ended for want of memory. */
export const endedByMemory: ReadonlySet<EndedBy> = new Set([
  'v8-heap-limit',
  'kernel-oom-kill',
  'watchdog',
  'memory-kill-presumed',
]);

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
