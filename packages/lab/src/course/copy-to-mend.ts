import { join } from 'node:path';
import { makeWorkpiece } from '@leak-lab/course/workpiece';
import type { RunningLab } from '../../../../services/console/src/api/contract.ts';
import { findLab } from '../running-lab.ts';
import { root } from '../settings.ts';
import { writing } from '../state/writing.ts';

/**
 * Makes the copy that is to be mended in the part of the lab that runs; one that is there stays. Embedded the console has made it; on
 * Docker the folder is this user's, and may not be its to write to.
 */
export function layCopy({ mends }: Pick<RunningLab, 'mends'>): void {
  if (mends === null) return;
  const { directory } = findLab();
  const source = join(root, 'services/leaky-service/src/features', mends);
  writing(directory.work, () => makeWorkpiece(source, directory.work));
}

/** Where that copy is, in a line; none where there is none. */
export const copyLines = ({ mends }: Pick<RunningLab, 'mends'>): string[] =>
  mends === null ? [] : [`Yours to mend: .lab/work/${mends}`];
