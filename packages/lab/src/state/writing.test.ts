import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../lab-error.ts';
import { openStateDirectory } from './state-directory.ts';
import { checkWritable } from './writing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-writing-'));
  return () => rmSync(folder, { recursive: true });
});

/** What root may not do either, so that the test says the same for everybody. */
const insideOfAFile = () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  return join(file, 'lab');
};

describe('a folder of the lab that cannot be written to', () => {
  it.each([
    ['is opened', openStateDirectory],
    ['is looked at before something is put there', checkWritable],
  ])('is named with what to do when it %s', (_, open) => {
    const path = insideOfAFile();
    const attempt = () => open(path);
    expect(attempt).toThrow(LabError);
    expect(attempt).toThrow(`${path} cannot be written to.`);
    expect(attempt).toThrow(/came +ENOTDIR.*\n.*do +sudo chown -R/);
  });

  it('is another one than a folder that can', () => {
    expect(() => checkWritable(folder)).not.toThrow();
    expect(openStateDirectory(join(folder, 'lab')).work).toBe(join(folder, 'lab', 'work'));
  });
});
