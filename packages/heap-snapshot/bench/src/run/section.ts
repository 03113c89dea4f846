import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { pairFiles } from '../pairs/files.ts';
import type { ContestName, Figures, LimitedRun } from './groups.ts';
import { peerVersions } from './tools.ts';

/** All that was measured. */
export interface Results {
  readonly contests: Partial<Record<ContestName, Record<string, Figures>>>;
  readonly limited: Record<string, LimitedRun> | undefined;
}

const begin = '<!-- heap-snapshot:begin -->';
const end = '<!-- heap-snapshot:end -->';

/** Puts our section between its markers and leaves the rest of the page as it is. */
export function writeSection(page: string, section: string): void {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '# Benchmarks\n';
  const block = `${begin}\n${section.trim()}\n${end}`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  writeFileSync(
    page,
    from >= 0 && to > from
      ? text.slice(0, from) + block + text.slice(to + end.length)
      : `${text.trimEnd()}\n\n${block}\n`,
  );
}

/** The section: what was measured, how, and against which target. */
export function renderSection(results: Results): string {
  const peers = Object.entries(peerVersions()).map(([name, version]) => `${name} ${version}`);
  return `## heap-snapshot

Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node} for every
program, peers ${peers.join(' and ')}. Whole programs from start to exit, in turns (A B C A B C), medians; memory is the
most that was resident at once (\`VmHWM\`). Times drift between runs: compare ratios. \`npm run bench -w packages/heap-snapshot\`
makes the pairs and writes this section.

${sizes()}

### Targets

${targets(results)}

### Measured

${Object.entries(results.contests)
  .map(([name, programs]) => measured(name, programs))
  .join('\n\n')}
`;
}

function sizes(): string {
  const rows = (['s', 'm', 'l', 'x'] as const).map((name) => {
    const [a, b] = twoFiles(name).map((file) => (statSync(file).size / 1e6).toFixed(0));
    return `| ${name} | ${a} MB | ${b} MB |`;
  });
  return ['| pair | first | second |', '|---|---:|---:|', ...rows].join('\n');
}

/** Not every pair has a third file. */
const twoFiles = (pair: string): readonly string[] => pairFiles(pair).slice(0, 2);

function measured(name: string, programs: Record<string, Figures>): string {
  const rows = Object.entries(programs).map(
    ([program, { wall_seconds, peak_bytes, rounds }]) =>
      `| ${program} | ${wall_seconds.toFixed(2)} | ${(peak_bytes / 1e6).toFixed(0)} | ${rounds} |`,
  );
  return [`| ${name}: program, pair | wall s | peak MB | rounds |`, '|---|---:|---:|---:|', ...rows].join(
    '\n',
  );
}

function targets({ contests, limited }: Results): string {
  const figure = (contest: ContestName, program: string) => contests[contest]?.[program];
  const times = (a: Figures | undefined, b: Figures | undefined) =>
    a && b ? pace(a.wall_seconds / b.wall_seconds) : 'not measured';
  const share = (a: Figures | undefined, b: Figures | undefined, of: 'wall_seconds' | 'peak_bytes') =>
    a && b ? (b[of] / a[of]).toFixed(2) : 'not measured';
  const devtools = figure('diff', 'DevTools, l');
  const memlab = figure('diff', 'memlab, l');
  const ours = figure('diff', 'heapdiff, l');
  const rows = [
    ['full diff, pair l, against DevTools load + load + diff', '≥ 10 times (floor 7)', times(devtools, ours)],
    ['full diff, pair l, against memlab find-leaks', '≥ 10 times (floor 7)', times(memlab, ours)],
    ['its memory against DevTools', '≤ 0.2 (floor 0.3)', share(devtools, ours, 'peak_bytes')],
    ['its memory against memlab', '≤ 0.2 (floor 0.3)', share(memlab, ours, 'peak_bytes')],
    [
      'three files, pair l, against memlab find-leaks',
      '',
      times(memlab, figure('diff', 'heapdiff three files, l')),
    ],
    [
      'classes only, pair l, against DevTools',
      '≥ 25 times',
      times(devtools, figure('diff', 'heapdiff --no-retained, l')),
    ],
    ...limitedRows(limited),
    [
      'one file of pair x with retained sizes, of DevTools’ time',
      '≤ 0.2',
      share(figure('load', 'DevTools, x'), figure('load', 'heapdiff summary, x'), 'wall_seconds'),
    ],
    ['cost as files grow, s → x', 'no worse than in proportion', growth(contests.scale)],
    ...(['m', 'l'] as const).map((pair) => [
      `one file with retained sizes against JSON.parse of it, pair ${pair}`,
      'faster',
      times(figure('parse', `JSON.parse, ${pair}`), figure('parse', `heapdiff summary, ${pair}`)),
    ]),
    ...(['m', 'l'] as const).map((pair) => [
      `the same, classes only, pair ${pair}`,
      'faster',
      times(
        figure('parse', `JSON.parse, ${pair}`),
        figure('parse', `heapdiff summary --no-retained, ${pair}`),
      ),
    ]),
  ];
  return [
    '| figure | target | measured |',
    '|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function pace(ratio: number): string {
  return ratio >= 1 ? `${ratio.toFixed(1)} times faster` : `${(1 / ratio).toFixed(1)} times slower`;
}

function limitedRows(limited: Results['limited']): string[][] {
  return Object.entries(limited ?? {}).map(([program, { outcome, wall_seconds }]) => [
    `full diff inside a 256 MB cgroup: ${program}`,
    program.startsWith('heapdiff') ? 'finishes' : 'is killed',
    `${outcome} after ${wall_seconds.toFixed(1)} s`,
  ]);
}

/** Seconds for each gigabyte of files, smallest pair to largest. */
function growth(scale: Record<string, Figures> | undefined): string {
  if (!scale) return 'not measured';
  return (['s', 'm', 'l', 'x'] as const)
    .map((name) => {
      const [a, b] = twoFiles(name).map((file) => statSync(file).size);
      const seconds = scale[`heapdiff, ${name}`]?.wall_seconds ?? Number.NaN;
      return `${name} ${(seconds / (((a ?? 0) + (b ?? 0)) / 1e9)).toFixed(1)} s/GB`;
    })
    .join(', ');
}
