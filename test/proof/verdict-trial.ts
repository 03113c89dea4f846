import type { Finding, Verdict } from '@leak-lab/leak-verdict';
import { bodyOf } from '@leak-lab/workload';
import { LabClient } from '../../packages/lab/src/lab-client.ts';
import { judge } from '../../packages/lab/src/stress/judge.ts';
import { runProcedure } from '../../packages/lab/src/stress/procedure.ts';
import { labReader } from '../../packages/lab/src/stress/readers/lab-reader.ts';
import { Sender } from '../../packages/lab/src/stress/sender.ts';
import { type Draw, drawFor } from './draw.ts';
import { startUnderProof } from './service-under-proof.ts';
import type { Subject } from './subject.ts';

/** One subject put before the verdict. */
export interface VerdictTrial extends Draw {
  readonly subject: string;
  readonly kind: Subject['kind'];
  readonly finding: Finding;
  readonly unit: string | null;
  readonly alike: readonly string[];
  readonly where: Verdict['where'];
  /** By one of the subject's unit, where it is the verdict's too; else by a request. */
  readonly measured_bytes: number | null;
  readonly failed: number;
  readonly seconds: number;
  readonly sentence: string;
}

/** Short rests: the proof is of many. A command's are longer. */
const rest = { readings: 5, interval_seconds: 0.25 };
const idle = { readings: 5, interval_seconds: 0.4 };
/** In which what another server keeps for a second comes to its end. */
const restOfRemote = { readings: 5, interval_seconds: 0.6 };

/** Runs the procedure of `./lab stress` on a subject with a drawn size and load, and judges it. */
export async function tryVerdict(subject: Subject, seed: number, share = 1): Promise<VerdictTrial> {
  const draw = drawFor(subject, seed, share);
  const begun_ms = performance.now();
  const { set_bytes: bytes_per_request, one_in } = draw;
  const under = await startUnderProof(subject, {
    ...(bytes_per_request !== undefined && { bytes_per_request }),
    ...(one_in !== undefined && { one_in }),
  });
  try {
    const { drive, service, limit } = under;
    const body = drive.body && Buffer.from(bodyOf(drive.body));
    const shot = {
      url: service.url + drive.path,
      method: drive.method,
      body,
      content_type: body && 'application/json',
    };
    const sender = new Sender(shot, { workers: draw.workers, keepAlive: draw.keepAlive });
    const { limit_bytes } = limit.description;
    const reader = labReader(new LabClient(service.url), { limit_bytes });
    const rests = subject.memory === 'remote' ? { rest: restOfRemote, idle: restOfRemote } : { rest, idle };
    const result = await runProcedure({ reader, sender, requests: draw.requests, ...rests });
    const verdict = judge(result);
    return {
      ...draw,
      subject: subject.name,
      kind: subject.kind,
      finding: verdict.finding,
      unit: verdict.unit,
      alike: verdict.alike,
      where: verdict.where,
      measured_bytes: bytesOf(verdict, subject),
      failed: result.counts.failed,
      seconds: (performance.now() - begun_ms) / 1000,
      sentence: verdict.sentence,
    };
  } finally {
    await under.end();
  }
}

function bytesOf({ unit, bytes_per_unit, bytes_per_request }: Verdict, subject: Subject): number | null {
  return (unit === subject.unit ? bytes_per_unit : bytes_per_request)?.value ?? null;
}

/** Whether the finding is the contrary of what is so. */
export const isWrong = ({ kind, finding }: Pick<VerdictTrial, 'kind' | 'finding'>): boolean =>
  finding !== 'not enough data' && (kind === 'leak') !== (finding === 'leak');

/** What was measured against what was set, for each unit; `undefined` where nothing was set or nothing is told. */
export function ratioOf({ kind, set_bytes, one_in, unit, measured_bytes }: VerdictTrial): number | undefined {
  if (kind !== 'leak' || set_bytes === undefined || measured_bytes === null) return undefined;
  return (measured_bytes * (unit === 'connection' ? 1 : (one_in ?? 1))) / set_bytes;
}
