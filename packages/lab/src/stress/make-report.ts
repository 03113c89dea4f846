import { compareVerdicts } from '@leak-lab/leak-verdict';
import { causeInLab, causeOfContainer } from './causes.ts';
import { judge } from './judge.ts';
import type { Run } from './prepare.ts';
import type { ProcedureResult } from './procedure.ts';
import { type Configuration, endsOf, reportFormat, type StressReport } from './report.ts';

/** Judges what was measured, and has whoever keeps the target say how it ended. */
export async function reportOf(
  { lab, target, wanted, before }: Run,
  configuration: Configuration,
  began: Date,
  { samples, ...result }: ProcedureResult,
): Promise<StressReport> {
  const { readBy, threshold_bytes } = wanted;
  const ended = result.outcome.kind === 'ended';
  const ofContainer = ended && readBy?.by === 'container' ? await causeOfContainer(readBy.name) : undefined;
  const cause = ofContainer ?? (ended && target.lab !== undefined ? causeInLab(lab, began) : undefined);
  const verdict = judge({ samples, outcome: result.outcome }, { threshold_bytes }, cause?.killed);
  return {
    format: reportFormat,
    version: 1,
    began_at: began.toISOString(),
    configuration,
    result,
    ...endsOf(samples),
    cause_of_end: cause?.words ?? null,
    verdict,
    comparison: before === undefined ? null : compareVerdicts(before.verdict, verdict),
    samples,
  };
}
