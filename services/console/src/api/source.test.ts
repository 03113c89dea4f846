import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readExcerpt } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'leak-lab-source-'));
const sources = join(folder, 'src');
mkdirSync(join(sources, 'features'), { recursive: true });
writeFileSync(
  join(sources, 'features/a.ts'),
  Array.from({ length: 50 }, (_, index) => `line ${index + 1}`).join('\n'),
);
writeFileSync(join(sources, 'secret.env'), 'TOKEN=1');
writeFileSync(join(folder, 'outside.ts'), 'no');
symlinkSync(join(folder, 'outside.ts'), join(sources, 'link.ts'));
mkdirSync(join(folder, 'src-twin'));
writeFileSync(join(folder, 'src-twin/a.ts'), 'no');
afterAll(() => rmSync(folder, { recursive: true }));

it('gives the lines around one', () => {
  expect(readExcerpt(sources, 'features/a.ts', 10, 2)).toEqual({
    file: 'features/a.ts',
    first_line: 8,
    lines: ['line 8', 'line 9', 'line 10', 'line 11', 'line 12'],
  });
  expect(readExcerpt(sources, 'features/a.ts', 1, 1).lines).toEqual(['line 1', 'line 2']);
});

it.each([
  '../outside.ts',
  'features/../../outside.ts',
  '../src-twin/a.ts',
  'link.ts',
  'secret.env',
  '/etc/passwd',
  join(folder, 'outside.ts'),
  'features/a.ts\0',
  'features',
  '',
  'features/none.ts',
])('has nothing to say of %j', (file) => {
  expect(() => readExcerpt(sources, file, 1, 5)).toThrow(/There is no source/);
});
