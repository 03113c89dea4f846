import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('../..', import.meta.url));

/** Where the pairs are kept, a folder for each. Not in the repository: 3 GB. */
export const pairsFolder = resolve(bench, 'pairs');

/** The snapshots of a pair: before, after, and the third that memlab wants, which some pairs do without. */
export function pairFiles(pair: string): [a: string, b: string, c: string] {
  const file = (name: string) => resolve(pairsFolder, pair, `${name}.heapsnapshot`);
  return [file('a'), file('b'), file('c')];
}
