import type { Diff } from '../../services/console/src/api/contract.ts';
import { figure } from '../../test/course/labs/support/figures.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';

/** The classes of which more came, as they were printed: the most retained first. */
function classes({ screen }: Learner): { name: string; more: number }[] {
  return [...screen.matchAll(/"class_name":"([^"]+)" "count_delta":(\d+)/g)].map(([, name = '', more]) => ({
    name,
    more: Number(more),
  }));
}

/** One that came with each of some hundred requests at least, and is none of V8's own. */
function massive(learner: Learner): { name: string; more: number } {
  const found = classes(learner).find(({ name, more }) => more > 300 && !name.startsWith('('));
  if (found === undefined) throw new Error(`No class came in masses. The screen:\n${learner.screen}`);
  return found;
}

/** The last class of those: what lies deepest. */
const deepest = (learner: Learner) =>
  classes(learner).findLast(({ name, more }) => more > 300 && name.startsWith('{')) ?? massive(learner);

export const solution: Solution = {
  answers: {
    keeps_up: ({ screen }) =>
      (figure(screen, 'running_jobs', -1) / (figure(screen, 'latency_ms', -1) / 1000)).toFixed(2),
    class: (learner) => massive(learner).name,
    count: (learner) => String(massive(learner).more),
    holder: ({ screen }) => /"owner":"([^"]+)"/.exec(screen)?.[1] ?? '',
    fix: () => 'bound how many jobs wait',
  },
  others: {
    class: (learner) => deepest(learner).name,
    count: (learner) => deepest(learner).more.toLocaleString('en'),
    // The last property before the objects on the path that the page shows.
    holder: async ({ console }) => {
      const { rows } = await console.get<Diff>('/api/diffs/latest');
      const steps = rows.find(({ class_name }) => class_name === 'Function')?.paths[0]?.steps ?? [];
      return steps.at(-2)?.edge ?? '';
    },
    fix: () => 'bound',
  },
};
