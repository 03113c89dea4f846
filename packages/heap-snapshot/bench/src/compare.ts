import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareClasses } from './compare/classes.ts';
import { devtoolsFigures, ourFigures, type PairFigures } from './compare/figures.ts';
import { type PairComparison, renderPage } from './compare/page.ts';
import { pairFiles } from './pairs/files.ts';
import { installPeers } from './run/install.ts';
import { bench, prepareTools } from './run/tools.ts';

// `node src/compare.ts [pair …]`: compares the pairs named with DevTools class by class, or all of them but the largest
// and writes the page.
installPeers();
await prepareTools();
const asked = process.argv.slice(2);
const { allPairs, makePair } = await import('./pairs/make.ts');
const pairs: PairComparison[] = [];
for (const pair of asked.length > 0 ? asked : allPairs.filter((each) => each !== 'x').toSorted()) {
  await makePair(pair);
  const [a, b] = pairFiles(pair);
  const compared = comparePair(pair, devtoolsFigures(pair, [a, b]), ourFigures([a, b]));
  pairs.push(compared);
  const unequal = compared.snapshots.flatMap((snapshot) => snapshot.unequal);
  console.log(
    `${pair}: ${unequal.length} unequal classes, ${compared.unequalChanges.length} unequal changes`,
  );
  for (const one of unequal.slice(0, 10))
    console.log(`  ${one.key.slice(0, 80)} #${one.rank}`, one.devtools, one.ours);
}
if (asked.length === 0)
  writeFileSync(resolve(bench, '../../../docs/heap-snapshot-vs-devtools.md'), renderPage(pairs));

function comparePair(pair: string, devtools: PairFigures, ours: PairFigures): PairComparison {
  const keys = new Set([...Object.keys(devtools.changes), ...Object.keys(ours.changes)]);
  const differs = (key: string) =>
    devtools.changes[key]?.added !== ours.changes[key]?.added ||
    devtools.changes[key]?.deleted !== ours.changes[key]?.deleted;
  return {
    pair,
    snapshots: devtools.classes.map((classes, index) => compareClasses(classes, ours.classes[index] ?? {})),
    unequalChanges: [...keys].filter(differs),
    changes: keys.size,
  };
}
