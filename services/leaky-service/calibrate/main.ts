/**
 * Measures what heap snapshots cost on the Node that runs this, and writes the constants the guard estimates with.
 * Linux only. `node calibrate/main.ts [--dry-run]`, some four minutes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withSection } from '../../../packages/lab/src/bench/table.ts';
import { type CostConstants, estimateCost } from '../src/snapshots/cost.ts';
import type { ObjectCounts } from '../src/snapshots/object-counts.ts';
import { heapKinds } from './heaps.ts';
import { leastSquares } from './least-squares.ts';

interface Measured {
  readonly kind: string;
  readonly live_bytes: number;
  readonly counts: ObjectCounts;
  readonly cost_bytes: number;
  readonly left_bytes: number;
  readonly seconds: number;
}

/** What the longest array may hold before it costs: V8's own reach so far. */
const free_slots = 8_192;
/** A place in an array is two edges in V8's graph, one of 24 bytes each and 8 for its place; measured on rows of references. */
const reference_bytes = 64;
const sizes_mb = [3, 9, 20, 45];
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
  const rows = all.map(({ counts }) => [
    1,
    counts.objects,
    counts.text_bytes,
    Math.max(0, counts.longest_slots - free_slots),
  ]);
  const costs = all.map(({ cost_bytes, counts }) => cost_bytes - counts.references * reference_bytes);
  // Relative errors count, not absolute ones, until costs are small.
  const weights = costs.map((cost) => 1 / Math.max(cost, 40 * 2 ** 20) ** 2);
  const [base = 0, object = 0, text = 0, slot = 0] = leastSquares(rows, costs, weights);
  const seconds = all.map((one) => one.seconds);
  const [perObject = 0, perReference = 0] = leastSquares(
    all.map(({ counts }) => [counts.objects, counts.references]),
    seconds,
    seconds.map((value) => 1 / value ** 2),
  );
  const round = (value: number, places = 0) => Number(value.toFixed(places));
  const constants = {
    base_bytes: round(base),
    object_bytes: round(object, 1),
    reference_bytes,
    text_factor: round(text, 2),
    slot_bytes: round(slot),
    free_slots,
    object_seconds: Math.max(0, Number(perObject.toPrecision(3))),
    reference_seconds: Math.max(0, Number(perReference.toPrecision(3))),
    error_share: 0,
  };
  const errors = all.map((one) => one.cost_bytes / estimateCost(one.counts, constants).bytes - 1);
  const sorted = errors.toSorted((a, b) => a - b);
  return { ...constants, error_share: round(sorted[Math.floor(sorted.length * 0.9)] ?? 0, 3) };
}

function describe(all: readonly Measured[], constants: CostConstants): string[] {
  const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  return [
    '| heap of | live MB | objects | longest | snapshot costs MB | estimated MB | stays MB | seconds |',
    '|---|---|---|---|---|---|---|---|',
    ...all.map((one) => {
      const estimate = estimateCost(one.counts, constants);
      return `| ${one.kind} | ${mb(one.live_bytes)} | ${one.counts.objects.toLocaleString('en')} | ${one.counts.longest_slots.toLocaleString('en')} | ${mb(one.cost_bytes)} | ${mb(estimate.bytes)} | ${mb(one.left_bytes)} | ${one.seconds.toFixed(1)} |`;
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
