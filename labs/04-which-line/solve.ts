import { figure } from '../../test/course/labs/support/figures.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';

/** The place that grew most, as `/admin/memory/diff` printed it. */
function place({ screen }: Learner): { file: string; line: string; name: string } {
  const [, after = ''] = screen.split('"total_growth_mb"');
  const [, file = '', line = '', name = ''] = /"location":"(\S+?):(\d+) ([^"]+)"/.exec(after) ?? [];
  return { file, line, name };
}

const requests = ({ screen }: Learner) => figure(screen, 'total', 1) - figure(screen, 'total', 0);

export const solution: Solution = {
  answers: {
    file: (learner) => place(learner).file,
    function: (learner) => place(learner).name,
    line: (learner) => place(learner).line,
    bytes_per_request: (learner) => {
      const { screen } = learner;
      const held =
        figure(screen, 'heap_used_after_gc_bytes', 1) - figure(screen, 'heap_used_after_gc_bytes', 0);
      return (held / requests(learner)).toFixed(0);
    },
  },
  others: {
    // As people name a file and a function who have it open.
    file: (learner) => `services/leaky-service/src/${place(learner).file}:${place(learner).line}`,
    function: (learner) => `${place(learner).name}()`,
    bytes_per_request: (learner) =>
      `${(figure(learner.screen, 'size_diff_kb', 0) / requests(learner)).toFixed(1)} KB`,
  },
};
