import { resolve } from 'node:path';
import type { Diff } from '../../services/console/src/api/contract.ts';
import { figure } from '../../test/course/labs/support/figures.ts';
import type { Learner, Solution } from '../../test/course/labs/support/solution.ts';
import { editing } from '../../test/course/labs/support/write-fix.ts';

/** What each run of `./lab stress` said of each of its requests, bytes. */
function eachOf({ screen }: Learner, run: number): string {
  const found = [...screen.matchAll(/^ {2}Threshold: .*: (-?[\d,]+) bytes per request/gm)].map(([, digits]) =>
    Number(digits?.replaceAll(',', '')),
  );
  const each = found[run];
  if (each === undefined) throw new Error(`No run ${run} of ./lab stress is on the screen:\n${screen}`);
  return String(Math.max(0, each));
}

const grown = ({ screen }: Learner, name: string) =>
  figure(screen, `${name}_bytes`, -1) - figure(screen, `${name}_bytes`, 0);

/** Bodies up to that size that came between the first reading of the buckets and the last. */
function bodiesBetween(screen: string, le: string): number {
  const lines = screen
    .split('\n')
    .filter((line) => line.includes(`body_bytes_bucket`) && line.includes(`le="${le}"`));
  const counts = lines.map((line) => Number(line.split(' ').at(-1)));
  return (counts.at(-1) ?? 0) - (counts[0] ?? 0);
}

/** The class on the path that the page shows, of the objects that came in masses. */
async function holders({ console }: Learner): Promise<readonly { edge: string; name: string }[]> {
  const { rows } = await console.get<Diff>('/api/diffs/latest');
  return rows.find(({ class_name }) => class_name === 'Buffer')?.paths[0]?.steps ?? [];
}

/** The file of the service that has the class on the path which is not of Node or V8. */
async function fileOfHolder(learner: Learner): Promise<string> {
  const steps = await holders(learner);
  const owner = steps[steps.findIndex(({ edge }) => edge === '.feature')];
  const found = await learner.run(`grep -rl 'class ${owner?.name} ' services/leaky-service/src/features`);
  return found.trim().split('/').at(-1) ?? '';
}

export const solution: Solution = {
  answers: {
    bytes_small: (learner) => eachOf(learner, 0),
    bytes_large: (learner) => eachOf(learner, 1),
    memory: (learner) =>
      grown(learner, 'external_after_gc') > 5 * grown(learner, 'heap_used_after_gc')
        ? 'array buffers outside of the heap'
        : 'objects of the heap',
    held_by: ({ screen }) => /"owner":"([^"]+)"/.exec(screen)?.[1] ?? '',
    file: fileOfHolder,
    one_in: ({ screen }) => {
      const came = (le: string) => bodiesBetween(screen, le);
      return ((came('+Inf') - came('256')) / (came('+Inf') - came('262144'))).toFixed(1);
    },
    falls_short: () => 'most of the buffers never reach its threshold',
  },
  others: {
    // As the verdict after idle has it.
    bytes_large: ({ screen }) =>
      [...screen.matchAll(/^ {2}Bytes per request: ([\d.]+ K?B)/gm)].at(-1)?.[1] ?? '',
    held_by: async (learner) => {
      const steps = await holders(learner);
      return steps.findLast(({ edge }) => edge.startsWith('.#'))?.edge ?? '';
    },
    file: async (learner) => (await fileOfHolder(learner)).replace('.ts', ''),
    // As the check said it: 7 % are one of 14.
    one_in: ({ screen }) => (100 / Number(/leaves (\d+) % less/.exec(screen)?.[1])).toFixed(0),
    falls_short: () => 'most',
  },
  places: {
    '${EDITOR:-vi} .lab/work/FILE.ts': editing(
      () => resolve(import.meta.dirname, 'fixes/enough.ts'),
      fileOfHolder,
    ),
    'FILE.ts': fileOfHolder,
  },
};
