import type { Allocations, Death, DeathSummary, LabEvent } from '../api/contract.ts';
import { sampleColumns } from '../api/contract.ts';
import { growthOfSamples, window_ms } from '../record/growth.ts';
import type { Reading } from '../service/reading.ts';
import type { Life } from '../store/lives.ts';
import type { RecordedSample } from '../store/samples.ts';
import { inColumns } from '../store/series.ts';
import { causeOf } from './cause.ts';
import type { EndingNote } from './endings.ts';
import type { Report } from './reports.ts';
import type { ToldDeath } from './told-deaths.ts';

/** All that is there to judge a death by. */
export interface Evidence {
  readonly id: number;
  readonly life: Life;
  readonly time_ms: number;
  readonly told: ToldDeath | undefined;
  readonly note: EndingNote | undefined;
  readonly report: Report | null;
  readonly unwatched: boolean;
  /** The last minute of this life, oldest first. */
  readonly samples: readonly RecordedSample[];
  readonly events: readonly LabEvent[];
  readonly reading: Reading | undefined;
  readonly allocations: Allocations | null;
}

/** Puts the minute before a death together. */
export function blackBox(evidence: Evidence): Death {
  const { life, time_ms, told, note, report, samples, reading, allocations } = evidence;
  const last = samples.at(-1);
  const growth = growthOfSamples(samples);
  const limit_bytes = told?.memory_limit_bytes ?? last?.limit_bytes ?? null;
  const last_usage_bytes = last?.usage_bytes ?? told?.last_memory_bytes ?? null;
  const cause = causeOf({
    told,
    note,
    report,
    last_usage_bytes,
    limit_bytes,
    enforced_by: reading?.container?.enforced_by ?? 'kernel',
    bytes_per_second: growth.bytes_per_second?.value ?? 0,
    seconds_after_last_reading: (time_ms - (last?.time_ms ?? time_ms)) / 1000,
    unwatched: evidence.unwatched,
  });
  const summary: DeathSummary = {
    id: evidence.id,
    time_ms,
    pid: life.pid,
    started_at_ms: life.started_at_ms,
    uptime_seconds: told?.uptime_seconds ?? (time_ms - life.started_at_ms) / 1000,
    ...cause,
    last_usage_bytes,
    limit_bytes,
    top_line: allocations?.growing[0] ?? null,
  };
  const rows = samples.map((sample) => sampleColumns.map((column) => sample[column]));
  return {
    ...summary,
    samples: { from_ms: time_ms - window_ms, to_ms: time_ms, step_seconds: 1, columns: inColumns(rows) },
    events: evidence.events,
    in_flight: reading?.requests?.oldest_in_flight ?? [],
    allocations,
    bytes_per_request: growth.bytes_per_request,
    bytes_per_second: growth.bytes_per_second,
    report,
    ...(reading?.leaks && { leaks: reading.leaks }),
  };
}
