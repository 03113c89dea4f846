/**
 * Measures what heap snapshots cost on the Node that runs this, and writes the constants the guard estimates with.
 * Linux only. `node calibrate/main.ts [--dry-run]`, some eight minutes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withSection } from '../../../packages/lab/src/bench/table.ts';
import { median } from '../../../packages/leak-verdict/src/median.ts';
import { type Contents, type CostConstants, contentsOf, estimateCost } from '../src/snapshots/cost.ts';
import type { ObjectCounts } from '../src/snapshots/object-statistics.ts';
import { heapKinds } from './heaps.ts';
import { leastSquares } from './least-squares.ts';

interface Measured {
  readonly kind: string;
  readonly live_bytes: number;
  readonly counts: ObjectCounts;
  /** As the snapshot itself says. */
  readonly nodes: number;
  readonly edges: number;
  readonly cost_bytes: number;
  readonly left_bytes: number;
  readonly seconds: number;
}

/** What the longest array may hold before it costs: V8's own reach so far. */
const free_slots = 8_192;
/** Beside what the service itself holds; with most kinds the last does not fit under 256 MB. */
const sizes_mb = [1, 3, 5, 7, 9, 12, 15, 18, 22, 26];
/** What is dearer does not fit under 256 MB in any case. */
const fits_bytes = 320 * 2 ** 20;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const measured: Measured[] = [];
for (const size_mb of sizes_mb) {
  for (const { name } of heapKinds) {
    const child = fork(path('subject.ts'), [name, String(size_mb)], {
      // With its telemetry, as the service runs in its container; nobody listens there, and nothing is sent.
      execArgv: ['--max-old-space-size=4096', '--import', path('../src/telemetry.ts')],
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
    });
    const [[message]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [
      [Measured],
      unknown,
    ];
    measured.push(message);
    process.stderr.write(`${name}, ${size_mb} MB: ${(message.cost_bytes / 2 ** 20).toFixed(0)} MB\n`);
  }
}

const constants = fitted(measured);
const lines = describe(measured, constants);
process.stdout.write(`${lines.join('\n')}\n`);
if (!process.argv.includes('--dry-run')) {
  writeConstants(constants);
  const docs = path('../../../docs/snapshot-cost.md');
  const section = `## Node ${process.version}, V8 ${process.versions.v8}\n\n${lines.join('\n')}`;
  writeFileSync(docs, withSection(read(docs), `node-${process.versions.node.split('.')[0]}`, section));
}

function fitted(all: readonly Measured[]): CostConstants {
  const round = (value: number, places = 0) => Number(value.toFixed(places));
  const structure = {
    free_slots,
    not_nodes: round(median(all.map(({ counts, nodes }) => counts.objects - nodes))),
    base_edges: round(median(all.map(({ counts, edges }) => edges - counts.edges))),
  };
  const contents = all.map(({ counts }) => contentsOf(counts, structure));
  const sorts = Object.keys(contents[0] ?? {}) as (keyof Contents)[];
  const costs = all.map(({ cost_bytes }) => cost_bytes);
  const factors = leastSquares(
    contents.map((one) => sorts.map((sort) => one[sort])),
    costs,
    // Relative errors count, not absolute ones; what fits under no usual limit hardly counts.
    costs.map((cost) => 1 / cost ** 2 / (cost > fits_bytes ? 10 : 1)),
  );
  const seconds = all.map((one) => one.seconds);
  const [perNode = 0, perEdge = 0] = leastSquares(
    all.map(({ nodes, edges }) => [nodes, edges]),
    seconds,
    seconds.map((value) => 1 / value ** 2),
  );
  const constants = {
    bytes: Object.fromEntries(
      sorts.map((sort, at) => [sort, round(factors[at] ?? 0, sort === 'base' ? 0 : 2)]),
    ),
    ...structure,
    node_seconds: Math.max(0, Number(perNode.toPrecision(3))),
    edge_seconds: Math.max(0, Number(perEdge.toPrecision(3))),
    error_share: 0,
  } as unknown as CostConstants;
  const errors = all
    .filter(({ cost_bytes }) => cost_bytes <= fits_bytes)
    .map((one) => one.cost_bytes / estimateCost(one.counts, constants).bytes - 1);
  const sorted = errors.toSorted((a, b) => a - b);
  return { ...constants, error_share: round(sorted[Math.floor(sorted.length * 0.9)] ?? 0, 3) };
}

function describe(all: readonly Measured[], constants: CostConstants): string[] {
  const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  return [
    '| heap of | live MB | nodes | edges | estimated | longest | snapshot costs MB | estimated MB | stays MB | seconds |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...all.map((one) => {
      const estimate = estimateCost(one.counts, constants);
      return `| ${one.kind} | ${mb(one.live_bytes)} | ${one.nodes.toLocaleString('en')} | ${one.edges.toLocaleString('en')} | ${(one.counts.edges + constants.base_edges).toLocaleString('en')} | ${one.counts.longest_slots.toLocaleString('en')} | ${mb(one.cost_bytes)} | ${mb(estimate.bytes)} | ${mb(one.left_bytes)} | ${one.seconds.toFixed(1)} |`;
    }),
  ];
}

/** One entry for each version of V8; those of others stay. */
function writeConstants(constants: CostConstants): void {
  const file = path('../src/snapshots/cost-constants.json');
  const known = JSON.parse(read(file) || '{}') as Record<string, CostConstants>;
  const version = process.versions.v8.split('.').slice(0, 2).join('.');
  writeFileSync(file, `${JSON.stringify({ ...known, [version]: constants }, undefined, 2)}\n`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return file.endsWith('.json') ? '' : '# What a heap snapshot costs\n';
  }
}
