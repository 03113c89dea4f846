// Compiles scan.ts and writes it, as base64, to ../src/read/scanner-module.ts. After changing the former: npm ci && npm run build, here.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'scanner-'));
const binary = join(directory, 'scan.wasm');
const { error, stderr } = await asc.main([
  join(root, 'scanner/scan.ts'),
  ...['--outFile', binary, '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
  ...['--initialMemory', '16', '--memoryBase', '1024'],
]);
if (error) {
  process.stderr.write(stderr.toString());
  throw error;
}
const base64 = readFileSync(binary).toString('base64');
rmSync(directory, { recursive: true });
const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}',`);
writeFileSync(
  join(root, 'src/read/scanner-module.ts'),
  `// Compiled from scanner/scan.ts by scanner/build.mjs. Do not edit.
export const scannerModule_base64: string = [
${lines.join('\n')}
].join('');
`,
);
