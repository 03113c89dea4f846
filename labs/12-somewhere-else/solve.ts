import { figure } from '../../test/course/labs/support/figures.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';

const more = ({ screen }: Learner, name: string): number => figure(screen, name, 1) - figure(screen, name, 0);

/** The longest time from one write of a key to the next, as `awk` printed it. */
const gap_seconds = ({ screen }: Learner): number => Number(/longest gap ([\d.]+) s/.exec(screen)?.[1]);

/** Keys and those of them that expire, as `info keyspace` printed them last. */
function keyspace({ screen }: Learner): { keys: number; expires: number } {
  const [, keys, expires] = [...screen.matchAll(/db0:keys=(\d+),expires=(\d+)/g)].at(-1) ?? [];
  return { keys: Number(keys), expires: Number(expires) };
}

const size = async ({ run }: Learner): Promise<number> =>
  Number((await run('./lab valkey dbsize')).replace(/\D/g, ''));

export const solution: Solution = {
  answers: {
    server: (learner) =>
      more(learner, 'used_memory_bytes') > 4 * more(learner, 'heap_used_after_gc_bytes')
        ? 'Valkey'
        : 'the service',
    keys_per_minute: (learner) => ((60 * more(learner, 'keys')) / more(learner, 'uptime_seconds')).toFixed(0),
    expiry: (learner) => `${(1.5 * gap_seconds(learner)).toFixed(1)} s`,
    endless_keys: (learner) => String(keyspace(learner).keys - keyspace(learner).expires),
    delete: () => 'keys without an end that nobody has used for longer than that',
  },
  others: {
    // By the requests: of five one is of a customer who comes back, once all of those have a key.
    keys_per_minute: (learner) =>
      ((60 * 0.8 * more(learner, 'total')) / more(learner, 'uptime_seconds')).toFixed(0),
    expiry: (learner) => `${((1.5 * gap_seconds(learner)) / 60).toFixed(3)} min`,
    endless_keys: async (learner) => String(await size(learner)),
  },
};
