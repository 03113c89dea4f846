import { LabError } from '../lab-error.ts';
import { NoReading } from './memory-reader.ts';
import type { ProcedureResult } from './procedure.ts';
import { refused } from './refused.ts';
import type { Target } from './target.ts';

/** What is said of a target that answers no request well. */
export function unanswered({ url, method }: Target, { outcome }: ProcedureResult): LabError {
  return refused({
    problem: `${method} ${url.href} cannot be measured.`,
    expected: 'answers with a status from 200 to 299',
    came: outcome.kind === 'silent' ? outcome.why : outcome.kind,
    advice: 'look whether it runs there, and at the method, the path and the payload',
  });
}

/** Whatever went wrong, with 2: 1 would say that there is a leak. */
export function explained(thrown: unknown): unknown {
  if (thrown instanceof LabError) return refused(thrown.complaint);
  if (!(thrown instanceof NoReading)) return thrown;
  return refused({
    problem: 'The memory cannot be read.',
    expected: 'a reading of it',
    came: thrown.message,
    advice: 'look whether the target runs; --pid N, --container NAME or --metrics URL read it otherwise',
  });
}
