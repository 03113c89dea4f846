import { figure } from '../../test/course/labs/support/figures.ts';
import { recorded } from '../../test/course/labs/support/recorded.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';

const MB = 1024 ** 2;
const burst_perSecond = 300;

const held = ({ screen }: Learner, reading: number) => figure(screen, 'heap_used_after_gc_bytes', reading);
const requests = ({ screen }: Learner, reading: number) => figure(screen, 'total', reading);
const room = ({ screen }: Learner) => figure(screen, 'limit_bytes', 0) - figure(screen, 'usage_bytes', 0);

export const solution: Solution = {
  answers: {
    left_by_burst: (learner) => `${((held(learner, 2) - held(learner, 0)) / MB).toFixed(1)} MB`,
    grows_by: (learner) => {
      const inBurst = held(learner, 1) - held(learner, 0);
      const inSilence = held(learner, 2) - held(learner, 1);
      return inSilence > inBurst / 2 ? 'time' : 'requests';
    },
    life_at_ten_times: (learner) => {
      const bytes = (held(learner, 1) - held(learner, 0)) / (requests(learner, 1) - requests(learner, 0));
      return `${(room(learner) / (bytes * burst_perSecond)).toFixed(0)} s`;
    },
  },
  others: {
    left_by_burst: async (learner) => {
      const { growth } = await recorded(learner);
      const came = requests(learner, 1) - requests(learner, 0);
      return (came * growth('heap_after_gc_bytes', 'requests_total')).toFixed(0);
    },
    life_at_ten_times: async (learner) => {
      const { growth } = await recorded(learner);
      const minutes =
        room(learner) / (growth('heap_after_gc_bytes', 'requests_total') * burst_perSecond) / 60;
      return `${Math.floor(minutes)} min ${Math.round((minutes % 1) * 60)} s`;
    },
  },
};
