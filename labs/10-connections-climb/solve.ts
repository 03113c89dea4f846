import { resolve } from 'node:path';
import { figure } from '../../test/course/labs/support/figures.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';
import { editing } from '../../test/course/labs/support/write-fix.ts';

const between_seconds = 20;

const more = ({ screen }: Learner, name: string) => figure(screen, name, 1) - figure(screen, name, 0);

/** Of the features that call the upstream, the one that reads an answer in one case and not in another. */
async function fileAtFault({ run }: Learner): Promise<string> {
  const found = await run(
    "grep -lE 'answer.resume' $(grep -rlE 'upstream\\.(ask|call|jobs)|upstream.ask' services/leaky-service/src/features)",
  );
  return found.trim().split('/').at(-1) ?? '';
}

export const solution: Solution = {
  answers: {
    per_minute: (learner) => ((more(learner, 'busy') * 60) / between_seconds).toFixed(0),
    one_in: (learner) => (more(learner, 'total') / more(learner, 'never_finished')).toFixed(1),
    file: fileAtFault,
    second_cause: () => 'a call that the upstream does not answer has no end',
    sufficient: () => 'it is ended after a time, and its connection with it',
  },
  others: {
    // By the counters that Prometheus reads, over the whole lab.
    one_in: async (learner) => {
      const left = more(learner, 'never_finished');
      return (more(learner, 'total') / left).toFixed(0);
    },
    per_minute: (learner) => ((more(learner, 'never_finished') * 60) / between_seconds).toFixed(0),
    file: async (learner) => (await fileAtFault(learner)).replace('.ts', ''),
    second_cause: () => 'a call that',
    sufficient: () => 'it is ended',
  },
  places: {
    '${EDITOR:-vi} .lab/work/FILE.ts': editing(
      () => resolve(import.meta.dirname, 'fixes/enough.ts'),
      fileAtFault,
    ),
    'FILE.ts': fileAtFault,
  },
};
