import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { moveImports } from '@leak-lab/course/workpiece';
import { root } from '../../../../packages/lab/src/settings.ts';
import type { Learner } from './solution.ts';

/**
 * Writes a fix in the place of a copy that a learner is to mend, as an editor would. What it imports it names as from `seen_as`: by
 * default from a clone, since on Docker the service sees the copy as deep in another folder.
 */
export function writeFix(
  source: string,
  copy: string,
  seen_as = join(root, '.lab/work', basename(copy)),
): void {
  writeFileSync(copy, moveImports(readFileSync(source, 'utf8'), source, seen_as));
}

/** What stands for an editor in a text: it writes the fix that is given into the learner's copy of that file. */
export function editing(
  fixOf: (learner: Learner) => string,
  fileOf: (learner: Learner) => string | Promise<string>,
): (learner: Learner) => Promise<string> {
  return async (learner) => {
    const folder = (await learner.run('pwd')).trim();
    writeFix(fixOf(learner), join(folder, '.lab/work', await fileOf(learner)));
    return 'true';
  };
}
