import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lab } from '@leak-lab/course';
import { describe, expect, it } from 'vitest';
import { leakIds } from '../../packages/lab/src/leak-ids.ts';
import { root } from '../../packages/lab/src/settings.ts';

const folders = globSync('labs/[0-9][0-9]-*/lab.ts', { cwd: root })
  .map((file) => file.replace('/lab.ts', ''))
  .toSorted();
const read = (...path: readonly string[]) => readFileSync(join(root, ...path), 'utf8');
const labIn = async (folder: string): Promise<Lab> =>
  (await import(pathToFileURL(join(root, folder, 'lab.ts')).href)).lab;

/** The names of the files at fault, which no text may name before it was found. */
const files = globSync('services/leaky-service/src/features/*.ts', { cwd: root })
  .map((file) => file.replace(/^.*\/|\.ts$/g, ''))
  .filter((name) => name !== 'feature' && !name.endsWith('.test'));

/** Words without line breaks and the marks of a quotation. */
const flat = (text: string) => text.replaceAll(/\n>? ?|\s+/g, ' ').replaceAll('`', '');
/** Prose alone: what commands print may be anything. */
const withoutFences = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, '');
/** Every text links to pages that are for afterwards, and says so. */
const withoutLinks = (text: string) => text.replaceAll(/\]\([^)]*\)/g, ']');

describe.each(folders)('%s', (folder) => {
  const text = read(folder, 'README.md');

  it('begins with its title and the message that starts it', async () => {
    const { id, title, call } = await labIn(folder);
    expect(text.split('\n')[0]).toBe(`# Lab ${id}: ${title}`);
    expect(flat(text.split('\n\n')[1]?.replace(/^> /, '') ?? '')).toBe(call);
  });

  it('is of 80 to 150 lines, with what every lab has', () => {
    const lines = text.split('\n').length - 1;
    expect(lines).toBeGreaterThanOrEqual(80);
    expect(lines).toBeLessThanOrEqual(150);
    for (const heading of ['## Prerequisites', '## 1. ', '## Clean up', '## Next'])
      expect(text).toContain(heading);
    expect(/will learn/.test(text), 'it says what you will learn').toBe(true);
    expect(text).toMatch(/^\.\/lab reset/m);
  });

  it('asks every question of its lab', async () => {
    const { items, next = [] } = await labIn(folder);
    const keys = [...items, ...next.flatMap((part) => part.items)]
      .filter(({ kind }) => kind === 'question')
      .map(({ key }) => key);
    for (const key of keys) expect(text).toMatch(new RegExp(`^\\./lab answer.*\\b${key}=`, 'm'));
  });

  it('does not name the file at fault, nor the leak, where it is to be found', async () => {
    const { setup } = await labIn(folder);
    if (setup.in_the_open || setup.seeds(() => 0).length === 0) return;
    const prose = withoutLinks(withoutFences(text));
    const names = [...files, ...leakIds.map((id) => `\`${id}\``)];
    expect(names.filter((name) => prose.includes(name))).toEqual([]);
  });

  it('has a solution of 30 to 80 lines', () => {
    const lines = read(folder, 'solution.md').split('\n').length - 1;
    expect(lines).toBeGreaterThanOrEqual(30);
    expect(lines).toBeLessThanOrEqual(80);
  });

  it('is in the map', () => {
    expect(read('labs/README.md')).toContain(`(${folder.replace('labs/', '')}/README.md)`);
  });
});
