import type { Death, DeathSummary } from '../../services/console/src/api/contract.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';

const MB = 1024 ** 2;
const dangerous_bytes = 0.8 * 256 * MB;

/** Exit code and cause of each death, as the load and `./lab postmortem` told them. */
const codes = ({ screen }: Learner) =>
  [...screen.matchAll(/^ {2}exit +(\d+)/gm)].map(([, code]) => Number(code));
const endedBy = ({ screen }: Learner) => /^ {2}ended by +(.*)$/m.exec(screen)?.[1] ?? '';

export const solution: Solution = {
  answers: {
    killed_exit: (learner) => String(codes(learner)[0]),
    killed_by: (learner) => (endedBy(learner).includes('kernel') ? 'the kernel' : 'a watchdog'),
    survived: () => 'what was recorded outside of it',
    // As the chart of the page shows it.
    warning: async ({ console }) => {
      const { deaths } = await console.get<{ deaths: DeathSummary[] }>('/api/deaths');
      const death = await console.get<Death>(`/api/deaths/${deaths.at(-1)?.id}`);
      const { time_ms, usage_bytes } = death.samples.columns;
      const passed = time_ms.find((_, index) => (usage_bytes[index] ?? 0) > dangerous_bytes) ?? death.time_ms;
      return `${((death.time_ms - passed) / 1000).toFixed(0)} s`;
    },
    aborted_exit: (learner) => String(codes(learner).at(-1)),
  },
  others: {
    survived: () => 'what was',
    // Between two rows of the table "The minute before".
    warning: ({ screen }) => {
      const rows = [...screen.matchAll(/^ +-(\d+) +(\d+) +\d+ +\d+ +\d+ +\d+ *$/gm)].map(([, ago, used]) => ({
        ago: Number(ago),
        used: Number(used) * MB,
      }));
      const after = rows.findIndex(({ used }) => used > dangerous_bytes);
      const [low, high] = [rows[after - 1], rows[after]];
      if (low === undefined || high === undefined) throw new Error(`No row passes four fifths:\n${screen}`);
      const share = (dangerous_bytes - low.used) / (high.used - low.used);
      return `${(low.ago - share * (low.ago - high.ago)).toFixed(1)} seconds`;
    },
  },
};
