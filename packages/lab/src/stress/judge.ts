import { type Verdict, type VerdictOptions, verdictOf } from '@leak-lab/leak-verdict';
import type { ProcedureResult } from './procedure.ts';

/**
 * The verdict on what a procedure has read. `killed` says whether it was the want of memory that ended the target, where
 * somebody knows; else how full it was last tells.
 */
export function judge(
  { samples, outcome }: Pick<ProcedureResult, 'samples' | 'outcome'>,
  options: Omit<VerdictOptions, 'ended'> = {},
  killed?: boolean,
): Verdict {
  if (outcome.kind !== 'ended') return verdictOf(samples, options);
  if (killed === undefined) return verdictOf(samples, { ...options, ended: 'unknown' });
  return verdictOf(samples, { ...options, ended: killed ? 'killed' : 'stopped' });
}
