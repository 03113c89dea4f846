import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

// `npm run bench -w packages/heap-snapshot [-- --rounds 5 diff load parse scale limited]`: measures the groups named,
// or all, and writes the section of docs/benchmarks.md from the latest figures of every group.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const { bench, prepareTools } = await installed();
const { contests, preparePairs, runContest, runLimited } = await import('./run/groups.ts');
const { renderSection, writeSection } = await import('./run/section.ts');

const results = resolve(bench, 'results/latest.json');
const groups = positionals.length > 0 ? positionals : [...Object.keys(contests), 'limited'];
await prepareTools();
await preparePairs();
const latest = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : { contests: {} };
for (const group of groups) {
  if (group === 'limited') {
    await runLimited((soFar) => {
      latest.limited = soFar;
      save();
    });
  } else if (group in contests) {
    await runContest(group as keyof typeof contests, Number(values.rounds), (soFar) => {
      latest.contests[group] = soFar;
      save();
    });
  } else throw new Error(`expected ${Object.keys(contests).join(', ')} or limited, got ${group}`);
}
writeSection(resolve(bench, '../../../docs/benchmarks.md'), renderSection(latest));

/** After each round, so that a bench that is broken off keeps what it has. */
function save(): void {
  mkdirSync(resolve(results, '..'), { recursive: true });
  writeFileSync(results, `${JSON.stringify(latest, null, 2)}\n`);
}

/** The peers are installed on the first run; only then can what imports them be loaded. */
async function installed() {
  const { installPeers } = await import('./run/install.ts');
  installPeers();
  return import('./run/tools.ts');
}
