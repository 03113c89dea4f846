import { beginLab, beginPart, isBlank, isOpen, type Lab, type Progress, withGivenUp } from '@leak-lab/course';
import type { ProgressFile } from './progress-file.ts';
import { progressKept, solutionClosed } from './refusals.ts';

/** Opens the solution of a lab that is given up; whether it was closed before. Throws 409 where it is closed and not given up. */
export function openSolution(file: ProgressFile, lab: string, give_up: boolean): boolean {
  if (isOpen(file.progress, lab)) return false;
  if (!give_up) throw solutionClosed(lab);
  file.write(withGivenUp(file.progress, lab));
  return true;
}

/** Takes what was reached elsewhere, but a lab under way. Throws 409 where something is known here. */
export function takeOver(file: ProgressFile, progress: Progress): void {
  if (!isBlank(file.progress)) throw progressKept();
  file.write({ ...progress, session: null });
}

/** Progress with a lab begun, or with another part of the lab that is under way. */
export function withBegun(
  progress: Progress,
  { lab, part, seeds }: { readonly lab: Lab; readonly part: number; readonly seeds: readonly number[] },
  now_ms: number,
): Progress {
  const { session } = progress;
  return part === 0 || session === null
    ? beginLab(progress, lab.id, seeds, now_ms)
    : { ...progress, session: beginPart(session, lab, part, seeds, now_ms) };
}
