import { resolve } from 'node:path';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';
import { editing } from '../../test/course/labs/support/write-fix.ts';
import { type LabLeak, purposes } from './behaviour/purposes.ts';

/** Of each of the three one that is not its twin. */
const fixes: Readonly<Record<LabLeak, string>> = {
  cache: 'right-least-recently-used',
  listeners: 'right-removes-its-listener',
  history: 'right-by-id',
};

/** The one that `./lab status` shows as on. */
function nameIn({ screen }: Learner): LabLeak {
  const name = /^\s*(\w+)\s+on\s/m.exec(screen)?.[1];
  if (name !== undefined && name in purposes) return name as LabLeak;
  throw new Error(`Expected ./lab status to have shown one of the three as on; it was:\n${screen}`);
}

const fileIn = (learner: Learner): string => purposes[nameIn(learner)].file;

/** Where a fix of a leak is. */
export const fixOf = (id: LabLeak, fix: string): string =>
  resolve(import.meta.dirname, 'fixes', id, `${fix}.ts`);

export const solution: Solution = {
  answers: {},
  others: {},
  places: {
    '${EDITOR:-vi} .lab/work/FILE': editing((learner) => {
      const name = nameIn(learner);
      return fixOf(name, fixes[name]);
    }, fileIn),
    NAME: nameIn,
    FILE: fileIn,
  },
};
