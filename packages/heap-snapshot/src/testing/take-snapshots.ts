import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a program that has `take()`, and writes a snapshot of itself each time it calls it. Returns the files, in a
 * new folder that is the caller's to remove.
 */
export function takeSnapshots(program: string): { folder: string; files: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'heap-snapshot-test-'));
  const code = `
    const { writeHeapSnapshot } = require('node:v8');
    const files = [];
    const take = () => files.push(writeHeapSnapshot(${JSON.stringify(folder)} + '/' + files.length + '.heapsnapshot'));
    ${program};
    process.stdout.write(JSON.stringify(files));`;
  const output = execFileSync(process.execPath, ['-e', code], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { folder, files: JSON.parse(output) as string[] };
}
