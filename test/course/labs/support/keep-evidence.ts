import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, GrownClass, Lab, Session } from '@leak-lab/course';
import {
  type RecordedEvidence,
  recordedFolder,
  sampleNames,
} from '../../../../packages/course/test/recorded-evidence.ts';

/** Classes and lines beyond these are of no weight. */
const most = 12;

/** Of a class that grew, what measures read. */
const whatIsRead = ({ class_name, count_delta, retained_delta_bytes, paths }: GrownClass): GrownClass => ({
  class_name,
  count_delta,
  retained_delta_bytes,
  paths: paths.map(({ share_of_bytes, steps }) => ({
    share_of_bytes,
    steps: steps.map(({ edge, name }) => ({ edge, name })),
  })),
});

/** Writes what a passed run recorded for the tests that read it, where `KEEP_EVIDENCE=1` says so. */
export function keepEvidence({ id }: Lab, evidence: Evidence, session: Session): void {
  if (process.env['KEEP_EVIDENCE'] !== '1') return;
  const { now_ms, begun_ms, incident, onset_ms, limit_bytes, samples, deaths } = evidence;
  const recorded: RecordedEvidence = {
    now_ms,
    begun_ms,
    incident,
    onset_ms,
    traffic_per_second: evidence.traffic_per_second,
    limit_bytes,
    answers: Object.fromEntries(Object.entries(session.answers).map(([key, { value }]) => [key, value])),
    samples: Object.fromEntries(
      sampleNames.map((name) => [name, samples.map((sample) => sample[name] ?? null)]),
    ),
    deaths,
    lines: evidence.lines().slice(0, most),
    diff: evidence.diff()?.slice(0, most).map(whatIsRead) ?? null,
    tries: evidence.tries,
  };
  mkdirSync(recordedFolder, { recursive: true });
  const part = session.part === 0 ? '' : `-${session.part + 1}`;
  writeFileSync(join(recordedFolder, `${id}${part}.json`), `${JSON.stringify(recorded)}\n`);
}
