import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildPage } from './page.ts';

/** A console whose page is built by `program`. */
function services(program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  mkdirSync(join(folder, 'console', 'web', 'src'), { recursive: true });
  writeFileSync(join(folder, 'console', 'web', 'build.ts'), program);
  writeFileSync(join(folder, 'console', 'web', 'src', 'main.ts'), '');
  return folder;
}

const builds = `import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('web/dist', { recursive: true });
writeFileSync('web/dist/index.html', 'built');`;

it('the page is built where there is none, and again when a source is newer', async () => {
  const folder = services(builds);
  expect((await buildPage(folder)).kind).toBe('built');
  expect((await buildPage(folder)).kind).toBe('fresh');
  const later = new Date(Date.now() + 5000);
  utimesSync(join(folder, 'console', 'web', 'src', 'main.ts'), later, later);
  expect((await buildPage(folder)).kind).toBe('built');
});

it('a page that cannot be built is told with the builder’s words', async () => {
  const outcome = await buildPage(
    services('console.error("src/main.ts:1: no such import"); process.exit(1)'),
  );
  expect(outcome).toEqual({ kind: 'failed', reason: 'src/main.ts:1: no such import' });
});
