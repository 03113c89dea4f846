import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Promtool } from '../../src/alerts/promtool.ts';

/** A promtool whose processor time is kept, so that a machine that is busy with other things does not count. */
export function timed(promtool: Promtool): { readonly promtool: Promtool; readonly taken_ms: () => number } {
  const folder = mkdtempSync(join(tmpdir(), 'processor-time-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'times');
  const script = '"$@"; code=$?; times >>"$0"; exit $code';
  return {
    promtool: (args, folders) => {
      const [command, all] = promtool(args, folders);
      return ['sh', ['-c', script, file, command, ...all]];
    },
    // A line of the shell's own and one of what it started: 0m1.250000s 0m0.030000s
    taken_ms: () =>
      [...readOrNothing(file).matchAll(/(\d+)m([\d.]+)s/g)].reduce(
        (sum, [, minutes, seconds]) => sum + (60 * Number(minutes) + Number(seconds)) * 1000,
        0,
      ),
  };
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
