import { figure, figures } from '../../test/course/labs/support/figures.ts';
import { recorded } from '../../test/course/labs/support/recorded.ts';
import type { Solution } from '../../test/course/labs/support/solution.ts';

const MB = 1024 ** 2;
const leastGrowth_bytes = 100;
/** After so many a start is over. */
const warm_requests = 1_000;

export const solution: Solution = {
  answers: {
    resident: ({ screen }) => `${figure(screen, 'rss_mb', -1).toFixed(0)} MB`,
    heap_after_gc: ({ screen }) => figure(screen, 'heap_used_after_gc_bytes', -1).toFixed(0),
    grows: ({ screen }) => {
      const [held, requests] = [figures(screen, 'heap_used_after_gc_bytes'), figures(screen, 'total')];
      const first = requests.findIndex((count) => count >= warm_requests);
      const grown =
        ((held.at(-1) ?? 0) - (held[first] ?? 0)) / ((requests.at(-1) ?? 0) - (requests[first] ?? 0));
      return grown >= leastGrowth_bytes ? 'yes' : 'no';
    },
  },
  others: {
    // The highest and the lowest of the readings, since memory is never one number.
    resident: ({ screen }) => {
      const readings = figures(screen, 'rss_mb');
      return `${((Math.max(...readings) + Math.min(...readings)) / 2).toFixed(1)}MB`;
    },
    heap_after_gc: async (learner) => {
      const { lowest } = await recorded(learner);
      return `${(lowest('heap_after_gc_bytes') / MB).toFixed(1)} MiB`.replace('.', ',');
    },
  },
};
