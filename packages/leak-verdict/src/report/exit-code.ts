import type { Verdict } from '../verdict/verdict.ts';

/** What a command ends with: 1 of a leak, 2 where nothing can be said, else 0. */
export function exitCodeOf({ finding }: Pick<Verdict, 'finding'>): 0 | 1 | 2 {
  if (finding === 'leak') return 1;
  return finding === 'not enough data' ? 2 : 0;
}
