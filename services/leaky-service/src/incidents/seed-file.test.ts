import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { SeedFile } from './seed-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leak-lab-seed-'));
  path = join(folder, 'seed');
  return () => rmSync(folder, { recursive: true });
});

it.each([0, 1, 3] as const)('holds what was written until it is removed, of level %d', (level) => {
  const file = new SeedFile(path);
  expect(file.read()).toBeUndefined();
  const kept = file.write(4_294_967_295, level);
  expect(kept).toMatchObject({ seed: 4_294_967_295, level });
  expect(file.read()).toEqual(kept);
  expect(Math.abs(Date.now() - kept.started_ms)).toBeLessThan(10_000);
  file.remove();
  expect(file.read()).toBeUndefined();
});

it.each([
  ['garbage', '{"seed": 7}\n'],
  ['a line that was cut short', '47'],
  ['a number too large', '4294967296\n'],
  ['nothing', ''],
])('with %s holds none, and is kept aside as it was', (_, content) => {
  writeFileSync(path, content);
  const file = new SeedFile(path);
  const read = file.read();
  const [kept = '', ...more] = readdirSync(folder);
  expect(read).toEqual({ reason: expect.stringContaining('expected'), kept_as: join(folder, kept) });
  expect(kept).toMatch(/^seed\.unreadable-/);
  expect(more).toEqual([]);
  expect(readFileSync(join(folder, kept), 'utf8')).toBe(content);
  expect(file.read()).toBeUndefined();
});
