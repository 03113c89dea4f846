import { setTimeout as pause } from 'node:timers/promises';
import { type Sample, verdictOf } from '@leak-lab/leak-verdict';
import { LabClient } from '../../packages/lab/src/lab-client.ts';
import type { Reading } from '../../packages/lab/src/stress/memory-reader.ts';
import { labReader } from '../../packages/lab/src/stress/readers/lab-reader.ts';
import { shotOf, startUnderProof } from './service-under-proof.ts';
import { SteadyLoad } from './steady-load.ts';
import type { Subject } from './subject.ts';

/** One leak driven to the kill, and what was foretold of it. */
export interface LimitTrial {
  readonly subject: string;
  readonly rate_per_second: number;
  /** From the load's begin to the end of the service. */
  readonly lived_seconds: number;
  readonly ended_by: string;
  /** At 30 % of the way, for the rest of it; `null` where nothing was foretold. */
  readonly foretold_seconds: number | null;
  readonly left_seconds: number;
  readonly readings: readonly Sample[];
}

const warmUp = 2_000;
const fewEvents = 20;
const estimateAt = 0.3;
const longest_ms = 240_000;
/** What the next write would take is more than what is left. */
const full = 0.999;
const interval_ms = 1_000;

/** Drives a leak at `share` of its usual requests a second to the kill, reading once a second as the console does. */
export async function tryLimit(subject: Subject, preset: string, share: number): Promise<LimitTrial> {
  const under = await startUnderProof(subject, { preset }, subject.unit === 'event' ? fewEvents : warmUp);
  const { service, limit, drive } = under;
  const rate_per_second = Math.max(1, Math.round(share * drive.rate_per_second));
  const reader = labReader(new LabClient(service.url), { limit_bytes: limit.description.limit_bytes });
  const load = new SteadyLoad(shotOf(service.url, drive), rate_per_second);
  const begun_ms = performance.now();
  const now_seconds = () => (performance.now() - begun_ms) / 1000;
  const readings: Sample[] = [];
  const exited = new Promise<{ seconds: number; by: string }>((resolve) =>
    service.child.once('exit', (code, signal) =>
      resolve({ seconds: now_seconds(), by: signal ?? `exit ${code}` }),
    ),
  );
  try {
    let end: { seconds: number; by: string } | undefined;
    void exited.then((told) => {
      end = told;
    });
    while (end === undefined && performance.now() - begun_ms < longest_ms) {
      const next = pause(interval_ms);
      const time_seconds = now_seconds();
      const reading = await reader.read().catch(() => undefined);
      if (reading !== undefined) {
        if (isFull(reading)) end = { seconds: time_seconds, by: 'valkey full' };
        const requests_total = load.answered;
        readings.push({ ...reading, time_seconds, requests_total });
      }
      await Promise.race([next, exited]);
    }
    const { seconds: lived_seconds, by: ended_by } = end ?? { seconds: now_seconds(), by: 'nothing' };
    const known = readings.filter(({ time_seconds }) => time_seconds <= estimateAt * lived_seconds);
    const { seconds_to_limit } = verdictOf(known);
    return {
      subject: subject.name,
      rate_per_second,
      lived_seconds,
      ended_by,
      foretold_seconds: seconds_to_limit?.value ?? null,
      left_seconds: lived_seconds - (known.at(-1)?.time_seconds ?? 0),
      readings,
    };
  } finally {
    await load.stop();
    await under.end();
  }
}

/** Another server does not die of its limit: it takes nothing any more. */
function isFull({ remote_bytes, remote_limit_bytes }: Reading): boolean {
  return remote_bytes != null && remote_limit_bytes != null && remote_bytes >= full * remote_limit_bytes;
}

/** By how much the time that was left was foretold wrong: 0.1 is ten per cent too long; infinite where nothing was foretold. */
export const errorOf = ({ foretold_seconds, left_seconds }: LimitTrial): number =>
  foretold_seconds === null ? Number.POSITIVE_INFINITY : foretold_seconds / left_seconds - 1;
