import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '@leak-lab/leak-verdict';
import type { Evidence, GrowingLine, GrownClass, RecordedDeath } from '../src/evidence.ts';

/** Of a sample what the labs' measures read. */
export const sampleNames = [
  'time_seconds',
  'process',
  'requests_total',
  'heap_bytes',
  'heap_after_gc_bytes',
  'external_after_gc_bytes',
  'full_gc_total',
  'resident_bytes',
  'used_bytes',
  'payload_bytes_total',
  'outgoing_connections',
  'calls_total',
  'calls_unfinished',
  'events_total',
  'remote_bytes',
  'remote_limit_bytes',
  'remote_keys',
  'remote_keys_with_expiry',
] as const satisfies readonly (keyof Sample)[];

/** The record of a lab that was passed: `KEEP_EVIDENCE=1 npx vitest run --project course test/course/labs` writes it. */
export interface RecordedEvidence
  extends Pick<
    Evidence,
    'now_ms' | 'begun_ms' | 'incident' | 'onset_ms' | 'traffic_per_second' | 'limit_bytes'
  > {
  /** Those that were right. */
  readonly answers: Readonly<Record<string, string>>;
  /** By name, of all samples. */
  readonly samples: Readonly<Record<string, readonly unknown[]>>;
  readonly deaths: readonly RecordedDeath[];
  readonly lines: readonly GrowingLine[];
  readonly diff: readonly GrownClass[] | null;
  readonly tries?: Evidence['tries'];
}

export const recordedFolder: string = join(import.meta.dirname, 'recorded');

const partsKept = readdirSync(recordedFolder).map((file) => file.replace('.json', ''));

/** The labs of which a run was kept. */
export const recordedLabs = (): string[] => [...new Set(partsKept.map((part) => part.slice(0, 2)))];

/** The parts of a lab of which it was kept, from 0 on. */
export const recordedPartsOf = (lab: string): number[] =>
  partsKept.filter((part) => part.startsWith(lab)).map((part) => Number(part.split('-')[1] ?? 1) - 1);

/** What was recorded in a run of a part of that lab, and the answers that were right. */
export function recordedRun(
  lab: string,
  part = 0,
): {
  evidence: Evidence;
  answers: Readonly<Record<string, string>>;
} {
  const {
    samples,
    lines,
    diff,
    answers,
    tries = [],
    ...rest
  } = JSON.parse(
    readFileSync(join(recordedFolder, `${lab}${part === 0 ? '' : `-${part + 1}`}.json`), 'utf8'),
  ) as RecordedEvidence;
  const evidence: Evidence = {
    ...rest,
    service_is_up: true,
    events: [],
    patients: [],
    tries,
    samples: (samples['time_seconds'] ?? []).map(
      (_, index) =>
        Object.fromEntries(sampleNames.map((name) => [name, samples[name]?.[index]])) as unknown as Sample,
    ),
    lines: () => lines,
    diff: () => diff,
  };
  return { evidence, answers };
}
