import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { isEdited, makeWorkpiece, moveAside, moveImports, NoWorkpiece } from './index.ts';

const features = resolve(import.meta.dirname, '../../../../services/leaky-service/src/features');
const source = join(features, 'response-cache.ts');

let directory: string;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-work-'));
  directory = join(folder, 'work');
  return () => rmSync(folder, { recursive: true });
});

describe('a moved module', () => {
  it.each([
    ["import { a } from './a.ts';", "import { a } from '../../src/x/a.ts';"],
    ["import type { B } from '../b.ts';", "import type { B } from '../../src/b.ts';"],
    ["import '../../c.ts';", "import '../../c.ts';"],
    ['export * from "./d/d.ts";', 'export * from "../../src/x/d/d.ts";'],
    ["await import('./e.ts')", "await import('../../src/x/e.ts')"],
    ["import { f } from 'f';\nimport g from 'node:g';", "import { f } from 'f';\nimport g from 'node:g';"],
    ["const text = './h.ts';", "const text = './h.ts';"],
  ])('%s', (text, moved) => {
    expect(moveImports(text, '/lab/src/x/one.ts', '/lab/.lab/work/one.ts')).toBe(moved);
  });

  it('has the same depth in the lab and in the image', () => {
    const text = "import { orderDocument } from '../orders/order.ts';";
    const at = (root: string) =>
      moveImports(text, `${root}/services/leaky-service/src/features/a.ts`, `${root}/.lab/work/a.ts`);
    expect(at('/app')).toBe(at('/home/somebody/leak-lab'));
  });
});

describe('a workpiece', () => {
  it('is a copy that runs where it is', async () => {
    const { path, made } = makeWorkpiece(source, directory);
    expect({ path, made }).toEqual({ path: join(directory, 'response-cache.ts'), made: true });
    const { ResponseCache } = await import(pathToFileURL(path).href);
    expect(new ResponseCache({ entry_bytes: 1_000 }).entries()).toBe(0);
    expect(isEdited(source, directory)).toBe(false);
  });

  it('is never written over', () => {
    const { path } = makeWorkpiece(source, directory);
    writeFileSync(path, 'mine');
    expect(makeWorkpiece(source, directory)).toEqual({ path, made: false });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(isEdited(source, directory)).toBe(true);
  });

  it('that cannot be made says which file, and what came', () => {
    writeFileSync(`${directory}-file`, '');
    const attempt = () => makeWorkpiece(source, join(`${directory}-file`, 'work'));
    expect(attempt).toThrow(NoWorkpiece);
    expect(attempt).toThrow(/Expected to write .*work\/response-cache\.ts; got ENOTDIR/);
  });

  it('is moved aside with all that is there, each time to a folder of its own', () => {
    expect(moveAside(directory)).toBeUndefined();
    const now = new Date('2026-01-02T03:04:05Z');
    for (const words of ['first', 'second']) {
      const { path } = makeWorkpiece(source, directory);
      writeFileSync(path, words);
      writeFileSync(join(directory, 'helper.ts'), words);
      const folder = moveAside(directory, now) ?? '';
      expect(folder).toContain(join(directory, '.aside', '2026-01-02T03-04-05'));
      expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
        words,
        words,
      ]);
      expect(existsSync(path)).toBe(false);
    }
    expect(readdirSync(join(directory, '.aside'))).toHaveLength(2);
    expect(makeWorkpiece(source, directory).made).toBe(true);
  });
});
