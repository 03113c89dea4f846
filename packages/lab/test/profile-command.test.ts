import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const main = resolve(import.meta.dirname, '../src/main.ts');

function inRoom(...names: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'lab-profile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return names.map((name) => join(folder, name));
}

const lab = (...words: readonly string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' });
  return { status, stderr };
};

it('a profile is not written over', () => {
  const [there = ''] = inRoom('before.pb.gz');
  writeFileSync(there, '');
  expect(lab('profile', there)).toEqual({
    status: 1,
    stderr: expect.stringMatching(/before\.pb\.gz is there already/),
  });
});

it('what a difference needs is said before anything is asked or written', () => {
  const [now = '', other = '', missing = ''] = inRoom('now.pb.gz', 'other.txt', 'missing.pb.gz');
  writeFileSync(other, 'no profile');
  expect(lab('profile', now, '--since', missing)).toEqual({
    status: 1,
    stderr: expect.stringMatching(/missing\.pb\.gz is no profile[\s\S]*ENOENT/),
  });
  expect(lab('profile', now, '--since', other)).toEqual({
    status: 1,
    stderr: expect.stringMatching(/other\.txt is no profile of what is alive/),
  });
  expect(lab('profile', now, '--difference', other)).toEqual({
    status: 1,
    stderr: expect.stringMatching(/other\.txt is there already|needs two profiles/),
  });
});
