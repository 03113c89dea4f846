import type { Incident } from '@leak-lab/incident';
import type { Sample } from '@leak-lab/leak-verdict';

/** An end of the service that was recorded. */
export interface RecordedDeath {
  readonly time_ms: number;
  readonly pid: number;
  readonly ended_by: string;
  readonly exit_status: number | null;
  readonly signal: string | null;
  readonly uptime_seconds: number | null;
  /** Whether the process wrote one itself. */
  readonly left_report: boolean;
}

/** Something that happened and was recorded. */
export interface RecordedEvent {
  readonly time_ms: number;
  readonly kind: string;
  readonly title: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A trial that has come to its end, and what it measured. */
export interface Try {
  readonly key: string;
  readonly at_ms: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** A function of the service and what it allocated that is still alive, against the begin of the lab. */
export interface GrowingLine {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly size_bytes: number;
  readonly growth_bytes: number;
}

/** A class that grew between two snapshots, and who holds its objects. */
export interface GrownClass {
  readonly class_name: string;
  readonly count_delta: number;
  readonly retained_delta_bytes: number;
  /** From the root to the object, the names of what leads on. */
  readonly paths: readonly {
    readonly share_of_bytes: number;
    readonly steps: readonly { readonly edge: string; readonly name: string }[];
  }[];
}

/** Another service of a lab that has several, and what was seen of it since the lab began. */
export interface Patient
  extends Pick<Evidence, 'incident' | 'onset_ms' | 'service_is_up' | 'limit_bytes' | 'samples' | 'lines'> {
  /** "b" and on: "a" is the first. */
  readonly name: string;
}

/** All that was recorded since a lab began: what checks and truths are read from. Times are ms since the epoch. */
export interface Evidence {
  readonly now_ms: number;
  readonly begun_ms: number;
  /** What was made to happen; `null` where nothing was. */
  readonly incident: Incident | null;
  /** When it began to happen; in the future where it did not yet. */
  readonly onset_ms: number | null;
  /** The traffic of the lab's own, requests a second. */
  readonly traffic_per_second: number;
  readonly service_is_up: boolean;
  readonly limit_bytes: number | null;
  /** One a second, oldest first; of all lives since the lab began. */
  readonly samples: readonly Sample[];
  readonly deaths: readonly RecordedDeath[];
  readonly events: readonly RecordedEvent[];
  /** Those of this life, the most grown first. */
  readonly lines: () => readonly GrowingLine[];
  /** Of the newest diff of two snapshots taken since the lab began; `null` where there is none. */
  readonly diff: () => readonly GrownClass[] | null;
  readonly patients: readonly Patient[];
  /** What trials measured since this part of the lab began, oldest first. */
  readonly tries: readonly Try[];
}
