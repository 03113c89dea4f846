import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, test } from 'vitest';
import { colours } from './colours.ts';
import { renderHtml } from './render-html.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderTerminal } from './render-terminal.ts';
import { grownClass, hostileNames, sampleDiff, sampleSummary } from './testing/sample-report.ts';

const reports = [
  ['a diff', sampleDiff()],
  ['a summary', sampleSummary()],
] as const;
const unsafe = /[^\P{Cc}\n]|[\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

describe.each(reports)('%s with hostile names', (_what, report) => {
  test('moves no cursor in a terminal', () => {
    expect(renderTerminal(report, colours(false))).not.toMatch(unsafe);
    expect(stripVTControlCharacters(renderTerminal(report, colours(true)))).toBe(
      renderTerminal(report, colours(false)),
    );
  });

  test('executes nothing in a page, loads nothing, and forbids both', () => {
    const page = renderHtml(report);
    expect(page).not.toMatch(unsafe);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    const tags = [...page.matchAll(/<\/?([a-zA-Z!][^\s>]*)([^>]*)>/g)];
    const known =
      'html head meta title style body main h1 h2 h3 p ol ul li div table thead tbody tr th td details summary'.split(
        ' ',
      );
    expect(new Set(tags.map(([, name]) => name)).difference(new Set([...known, '!doctype']))).toEqual(
      new Set(),
    );
    for (const [, , attributes] of tags) expect(attributes).not.toMatch(/\bon\w+=|\b(src|href)=/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('stays one row for each class in Markdown, with no link, no mention and no markup', () => {
    const text = renderMarkdown(report);
    expect(text).not.toMatch(unsafe);
    expect(text).not.toMatch(/https:\/\/|<(b|script|img)|[^&]@everyone|\]\(|`/);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    expect(rows).toHaveLength(report.classes.length + 2);
    expect(new Set(rows.map((row) => row.split(' | ').length)).size).toBe(1);
  });

  test('stays small whatever the length of a name', () => {
    const sizes = [renderTerminal(report, colours(false)), renderMarkdown(report), renderHtml(report)];
    for (const text of sizes) expect(text.length).toBeLessThan(50_000);
  });
});

function lineOf(text: string, name: string): string {
  return stripVTControlCharacters(text.split('\n').find((line) => line.includes(name)) ?? '');
}

describe('the table for people', () => {
  const lines = (report = sampleDiff()) => renderTerminal(report, colours(false)).split('\n');

  test('has counts, sizes before and after, and the place of the constructor', () => {
    const row = lines().find((line) => line.includes('RequestRecord'));
    expect(row?.trim().split(/ {2,}/)).toEqual([
      '16,910',
      '+16,900',
      '16,902',
      '2',
      '1',
      '+676 kB',
      '10.0 kB',
      '16.9 MB',
      '+16.9 MB',
      'RequestRecord',
      'src/history.ts:12:3',
    ]);
  });

  test('without retained sizes has no column for them', () => {
    const [, , , heading] = lines(sampleDiff({ warnings: [], classes: [grownClass('A', 1, null)] }));
    expect(heading).toMatch(/own change {2}class$/);
  });

  test('of snapshots of different processes shows no objects as new or deleted', () => {
    expect(lines(sampleDiff({ same_process: false })).join('\n')).not.toMatch(/ new {2}deleted/);
  });

  test('of three snapshots shows survivors and trend', () => {
    const survivors = { count: 7, self_bytes: 70, retained_bytes: 700 };
    const text = lines(sampleDiff({ classes: [{ ...grownClass('A', 1), survivors }] })).join('\n');
    expect(text).toMatch(/survivors {2}trend/);
    expect(text).toMatch(/ 7 {3}grew/);
  });

  test('refers to the path above for what two paths share', () => {
    const step = (holder_id: number) => ({
      holder: 'H',
      holder_id,
      holder_type: 'object',
      edge: '.e',
      location: undefined,
      repeats: 1,
    });
    const cluster = (ids: number[]) => ({
      steps: ids.map(step),
      object_id: 9,
      count: 1,
      self_bytes: 8,
      share: 0.5,
    });
    const clusters = [cluster([1, 2, 3, 4, 5]), cluster([1, 2, 3, 4, 6])];
    const paths = [{ key: ',A', name: 'A', count: 2, unreachable: 0, clusters }];
    const text = lines(sampleDiff({ paths })).join('\n');
    expect(text).toContain('    H @5 .e\n');
    expect(text).toContain('    (the same 4 steps as above)\n    H @6 .e\n');
  });

  test('says how many classes it leaves out, and which rule is broken', () => {
    expect(lines()).toContain('5 more classes (--top 15 shows all)');
    expect(lines()).toContain('FAILED: RequestRecord > 100 (RequestRecord grew by 16,900)');
  });

  test('is red where a class grew and green where it shrank', () => {
    const text = renderTerminal(
      sampleDiff({ classes: [grownClass('Up', 5), grownClass('Down', -5)] }),
      colours(true),
    );
    const rows = text.split('\n');
    expect(rows.find((row) => row.includes('Up'))).toBe(
      styleText('red', lineOf(text, 'Up'), { validateStream: false }),
    );
    expect(rows.find((row) => row.includes('Down'))).toBe(
      styleText('green', lineOf(text, 'Down'), { validateStream: false }),
    );
  });
});

test('hostile names are told apart, `__proto__` among them', () => {
  expect(renderTerminal(sampleDiff(), colours(false))).toContain(`  ${hostileNames.proto}\n`);
});
