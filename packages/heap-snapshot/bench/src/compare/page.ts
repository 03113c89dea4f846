import { peerVersions } from '../run/tools.ts';
import type { Comparison, UnequalClass } from './classes.ts';
import { ruleBehind } from './rules.ts';

/** The comparison of one pair. */
export interface PairComparison {
  readonly pair: string;
  readonly snapshots: readonly Comparison[];
  /** Classes whose new or deleted objects differ. */
  readonly unequalChanges: readonly string[];
  readonly changes: number;
}

/** The page `docs/heap-snapshot-vs-devtools.md`. */
export function renderPage(pairs: readonly PairComparison[]): string {
  const unequal = pairs.flatMap(({ pair, snapshots }) =>
    snapshots.flatMap((snapshot, index) =>
      snapshot.unequal.map((one) => ({ pair, snapshot: 'ab'[index], ...one })),
    ),
  );
  return `# heap-snapshot compared with Chrome DevTools

Every class of every snapshot below, by count, shallow and retained size, in DevTools' own heap worker
(chrome-devtools-frontend ${peerVersions()['chrome-devtools-frontend']}) and in \`heapdiff\`. Equal means: all three figures are the same to the byte.
The largest classes are those with the largest retained size in DevTools' own figures. \`s\`, \`m\` and \`l\` are a small Express service on
Node ${process.versions.node} that keeps records, listeners, closures, cache entries and WeakMap entries, \`s-node20\` and \`s-node24\` the same on those lines;
\`leak-…\` is the lab's service with that leak on; \`chromium\` is a page with detached elements. \`node src/compare.ts\` in \`packages/heap-snapshot/bench\` writes this page.

${overview(pairs)}

Classes whose new or deleted objects are unequal: ${unequalNames(pairs)}.

## Unequal classes

${unequal.length === 0 ? 'None.' : unequalTable(unequal)}
`;
}

function overview(pairs: readonly PairComparison[]): string {
  const rows = pairs.map(({ pair, snapshots, unequalChanges, changes }) => {
    const classes = sum(snapshots.map((snapshot) => snapshot.classes));
    const unequal = snapshots.flatMap((snapshot) => snapshot.unequal);
    const share = ((100 * unequal.length) / classes).toFixed(2);
    const large = unequal.filter(({ rank }) => rank <= 50).length;
    return `| ${pair} | ${classes} | ${unequal.length} (${share} %) | ${large} | ${changes} | ${unequalChanges.length} |`;
  });
  return [
    '| pair | classes in both snapshots | unequal | of them among the 50 largest | classes with new or deleted objects | of them unequal |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

function unequalNames(pairs: readonly PairComparison[]): string {
  const names = new Set(pairs.flatMap(({ unequalChanges }) => unequalChanges));
  return names.size === 0 ? 'none' : [...names].map(code).join(', ');
}

function unequalTable(
  rows: readonly (UnequalClass & { pair: string; snapshot: string | undefined })[],
): string {
  return [
    '| pair | class | DevTools: count, shallow, retained | heapdiff: count, shallow, retained | rule of DevTools |',
    '|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.pair} ${row.snapshot} | ${code(row.key)} | ${figures(row.devtools)} | ${figures(row.ours)} | ${ruleBehind(row)} |`,
    ),
  ].join('\n');
}

function figures(one: UnequalClass['devtools']): string {
  return one ? `${one.count}, ${one.shallow_bytes}, ${one.retained_bytes}` : 'none';
}

function code(key: string): string {
  return `\`${key.replaceAll('|', '\\|').replaceAll('`', "'").slice(0, 120)}\``;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
