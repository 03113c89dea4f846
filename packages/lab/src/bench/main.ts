import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, stayOffTheServersCore } from './run.ts';
import { markdownTable, type Row, withSection } from './table.ts';
import { variants } from './variants.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    'dry-run': { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
if (!(Number.isInteger(rounds) && rounds > 0 && seconds > 0)) {
  process.stderr.write(
    'Usage: ./lab bench [--rounds 5] [--seconds 6] [--dry-run]. Both are numbers above 0.\n',
  );
  process.exit(2);
}

stayOffTheServersCore();
const sink = createServer((request, response) => request.resume().on('end', () => response.end()));
sink.listen(0, '127.0.0.1');
await once(sink, 'listening');
const { port } = sink.address() as AddressInfo;

const rows: Row[] = variants(`http://127.0.0.1:${port}`).map((variant) => ({ variant, rounds: [] }));
for (let round = 1; round <= rounds; round++) {
  for (const row of rows) {
    process.stderr.write(`round ${round} of ${rounds}: ${row.variant.name}\n`);
    (row.rounds as unknown[]).push(await measure(row.variant, seconds));
  }
}
sink.close();

const table = markdownTable(rows);
process.stdout.write(`${table}\n`);
if (!values['dry-run']) {
  const file = fileURLToPath(new URL('../../../../docs/benchmarks.md', import.meta.url));
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${process.platform} ${release()}, Node ${process.version}`;
  const section = `## The service against plain Express

An empty route, 20 connections, autocannon for ${seconds} s after 2 s of warm-up; server and client on separate cores; the
servers in turn, ${rounds} rounds, medians; ratios are taken within a round. ${machine}.

\`./lab bench --rounds ${rounds} --seconds ${seconds}\`

${table}`;
  writeFileSync(file, withSection(read(file), 'service', section));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '# Benchmarks\n';
  }
}
