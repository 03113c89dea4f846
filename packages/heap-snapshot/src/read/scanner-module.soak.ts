import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { npm } from '../../../../test/support/tarball.ts';

it('the WebAssembly in the repository is what its source compiles to, with the compiler of its lockfile', () => {
  const copy = mkdtempSync(join(tmpdir(), 'scanner-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  const scanner = join(copy, 'scanner');
  cpSync(fileURLToPath(new URL('../../scanner', import.meta.url)), scanner, {
    recursive: true,
    filter: (path) => !path.endsWith('node_modules'),
  });
  for (const folder of ['src/read', 'src/graph']) mkdirSync(join(copy, folder), { recursive: true });
  npm(['ci', '--no-audit', '--no-fund'], scanner);
  execFileSync(process.execPath, ['build.mjs'], { cwd: scanner, stdio: 'inherit' });
  for (const module of ['src/read/scanner-module.ts', 'src/graph/graph-module.ts']) {
    const built = readFileSync(join(copy, module), 'utf8');
    expect(built).toBe(readFileSync(new URL(`../../${module}`, import.meta.url), 'utf8'));
  }
});
