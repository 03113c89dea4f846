import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { root } from '../../packages/lab/src/settings.ts';
import { brokenLinks } from './links.ts';

const texts = globSync(
  ['*.md', 'docs/**/*.md', 'labs/**/*.md', 'packages/*/*.md', 'services/*/*.md', 'k6/*.md', 'test/**/*.md'],
  { cwd: root },
);

it.each(texts)('%s leads nowhere that there is not', (file) => {
  expect(brokenLinks(root, file)).toEqual([]);
});

it('finds a file, a heading and a decision that are not there, and words that are no address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-links-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'docs/adr'), { recursive: true });
  writeFileSync(join(folder, 'docs/adr/001-one.md'), '# 001: One\n');
  writeFileSync(
    join(folder, 'docs/a.md'),
    [
      '# The `first` one: really',
      'Well: [here](#the-first-one-really), [there](adr/001-one.md#001-one), ADR 001, <https://example.org/a>.',
      '- [gone](b.md)',
      '- [no such heading](adr/001-one.md#two)',
      'ADRs 001 and 002, ![a picture](none.png), [odd](ftp://example.org)',
    ].join('\n'),
  );
  expect(brokenLinks(folder, 'docs/a.md')).toEqual([
    'docs/a.md:3: b.md: there is no docs/b.md',
    'docs/a.md:4: adr/001-one.md#two: there is no such heading',
    'docs/a.md:5: none.png: there is no docs/none.png',
    'docs/a.md:5: ftp://example.org: expected http or https',
    'docs/a.md:5: there is no docs/adr/002-….md',
  ]);
});
