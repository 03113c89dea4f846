import { figure } from '../../test/course/labs/support/figures.ts';
import { recorded } from '../../test/course/labs/support/recorded.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';

const perSecond = 100;

/** By the two readings of step 3. */
function bytesPerRequest({ screen }: Learner): number {
  const [held, requests] = ['heap_used_after_gc_bytes', 'total'].map(
    (name) => figure(screen, name, 1) - figure(screen, name, 0),
  );
  return (held ?? 0) / (requests ?? 0);
}

export const solution: Solution = {
  answers: {
    bytes_per_request: (learner) => bytesPerRequest(learner).toFixed(0),
    finding: ({ screen }) => {
      const [before, after] = [
        figure(screen, 'heap_used_after_gc_bytes', 1),
        figure(screen, 'heap_used_after_gc_bytes', 2),
      ];
      return after >= 0.95 * before ? 'leak' : 'load';
    },
    seconds_to_limit: (learner) => {
      const room = figure(learner.screen, 'limit_bytes', 0) - figure(learner.screen, 'usage_bytes', 0);
      return `${(room / (bytesPerRequest(learner) * perSecond)).toFixed(0)} s`;
    },
  },
  others: {
    // Without any collection of one's own: by what the page draws.
    bytes_per_request: async (learner) => {
      const { growth } = await recorded(learner);
      return `${(growth('heap_after_gc_bytes', 'requests_total') / 1024).toFixed(1)} KB`;
    },
    seconds_to_limit: async (learner) => {
      const { growth, lowest } = await recorded(learner);
      const room = figure(learner.screen, 'limit_bytes', 0) - lowest('usage_bytes');
      const minutes = room / (growth('heap_after_gc_bytes', 'requests_total') * perSecond) / 60;
      return `${minutes.toFixed(2)} min`;
    },
  },
};
