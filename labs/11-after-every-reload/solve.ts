import { resolve } from 'node:path';
import type { Diff } from '../../services/console/src/api/contract.ts';
import { figure } from '../../test/course/labs/support/figures.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';
import { editing } from '../../test/course/labs/support/write-fix.ts';

const file = 'blocklist.ts';
/** One that is not its twin. */
const fix = resolve(import.meta.dirname, 'fixes/right-keeps-the-number.ts');

/** Before and after the six reloads. */
function bytesPerReload({ screen }: Learner): number {
  const [held, reloads] = ['heap_used_after_gc_bytes', 'reloads_total'].map(
    (name) => figure(screen, name, 1) - figure(screen, name, 0),
  );
  return (held ?? 0) / (reloads ?? 0);
}

/** What a difference of two profiles printed first below a heading; of the `nth` difference. */
function rows({ screen }: Learner, heading: string, nth: number): { name: string; place: string }[] {
  const block = screen.split(heading).at(nth)?.split('\n\n')[0] ?? '';
  return [...block.matchAll(/^ +[+-][\d.]+ MB {2}(\S+) +(\S+)$/gm)].map(([, name = '', place = '']) => ({
    name,
    place,
  }));
}

/** Who keeps what is new: of the service's own functions the feature. */
const keeper = (learner: Learner, nth: number) =>
  rows(learner, 'of the service’s own\n', nth).find(({ place }) => place.startsWith('features/'));

/** The class without a name of which some hundred more came, as it was printed. */
const entries = ({ screen }: Learner): string =>
  [...screen.matchAll(/"class_name":"(\{[^"]+)" "count_delta":(\d+)/g)].find(
    ([, , more]) => Number(more) > 100,
  )?.[1] ?? '';

/** How many are in the collection that grew. */
const held = ({ screen }: Learner): number => Number(/"count_after":(\d+)/.exec(screen)?.[1]);

export const solution: Solution = {
  answers: {
    bytes_per_reload: (learner) => `${(bytesPerReload(learner) / 1024 ** 2).toFixed(2)} MB`,
    node: (learner) => rows(learner, 'Allocated by\n', 1)[0]?.name ?? '',
    finding: ({ screen }) => {
      const [before, after, idle] = [0, 1, 2].map((nth) => figure(screen, 'heap_used_after_gc_bytes', nth));
      const gone = (after ?? 0) - (idle ?? 0);
      return gone < 0.5 * ((after ?? 0) - (before ?? 0)) ? 'leak' : 'allocation pressure';
    },
    file: (learner) => keeper(learner, -1)?.place ?? '',
    entries,
    dead: (learner) => String(held(learner)),
  },
  others: {
    bytes_per_reload: (learner) => bytesPerReload(learner).toFixed(0),
    // The one that keeps it, of the second list.
    node: (learner) => `${keeper(learner, 1)?.name}()`,
    file: (learner) => `services/leaky-service/src/${keeper(learner, -1)?.place}`,
    entries: (learner) => entries(learner).replaceAll(' ', ''),
    // Those that came between the two snapshots, and the few that were there before.
    dead: async ({ console }) => {
      const { rows, collections } = await console.get<Diff>('/api/diffs/latest');
      const came = rows.find(({ class_name }) => class_name.startsWith('{orders'))?.count_delta ?? 0;
      return (came + (collections[0]?.count_before ?? 0)).toLocaleString('en');
    },
  },
  places: {
    '${EDITOR:-vi} .lab/work/FILE': editing(
      () => fix,
      () => file,
    ),
  },
};
