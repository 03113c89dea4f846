// Compiles scan.ts and graph.ts and writes them, as base64, to where they are used. After changing them: npm ci && npm run build, here.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
await compile('scan', 'read/scanner-module', 'scannerModule', ['--initialMemory', '16', '--memoryBase', '1024']);
// Of 4 GB at most, which two threads can work in.
const shared = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
await compile('graph', 'graph/graph-module', 'graphModule', [...shared, '--enable', 'threads']);

async function compile(source, target, name, options) {
  const directory = mkdtempSync(join(tmpdir(), 'scanner-'));
  const binary = join(directory, `${source}.wasm`);
  const { error, stderr } = await asc.main([
    join(root, `scanner/${source}.ts`),
    ...['--outFile', binary, '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
    ...options,
  ]);
  if (error) {
    process.stderr.write(stderr.toString());
    throw error;
  }
  const base64 = readFileSync(binary).toString('base64');
  rmSync(directory, { recursive: true });
  const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}',`);
  writeFileSync(
    join(root, `src/${target}.ts`),
    `// Compiled from scanner/${source}.ts by scanner/build.mjs. Do not edit.
export const ${name}_base64: string = [
${lines.join('\n')}
].join('');
`,
  );
}
