import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Score } from '@leak-lab/alert-exercise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../src/settings.ts';

const main = join(root, 'packages/lab/src/main.ts');
const start = 'docs/alert-exercise.rules.yml';
let folder: string;
let without: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alerts-command-'));
  const replay = join(import.meta.dirname, 'replay.ts');
  writeFileSync(join(folder, 'promtool'), `#!/bin/sh\nexec '${process.execPath}' '${replay}' "$@"\n`);
  chmodSync(join(folder, 'promtool'), 0o755);
  mkdirSync(join(folder, 'tmp'));
  without = mkdtempSync(join(tmpdir(), 'alerts-nothing-'));
});
afterAll(() => {
  for (const one of [folder, without]) rmSync(one, { recursive: true, force: true });
});

/** `./lab alerts check`, where only these folders are on PATH. */
function check(path: string, ...words: readonly string[]) {
  const env = {
    ...process.env,
    TMPDIR: join(folder, 'tmp'),
    PATH: [path, '/usr/bin', '/bin'].slice(0, path === without ? 1 : 3).join(delimiter),
  };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [main, 'alerts', 'check', ...words],
      { cwd: root, env },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

describe.skipIf(process.platform === 'win32')('./lab alerts check', () => {
  it('prints each leak, each healthy service and the parts of the score; less than full marks end with 1', async () => {
    const { code, stdout, stderr } = await check(folder, start);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('recordings played to docs/alert-exercise.rules.yml, by promtool on PATH');
    expect(stdout).toMatch(/✓ cache +fired at +6\d % of the limit, +\d\d s before it +MemoryHigh\n/);
    expect(stdout).toMatch(/✗ keys +nothing fired before the limit\n/);
    expect(stdout).toMatch(
      /✗ churn +MemoryHigh fired \d+ s after the load began, at \d\d % of the limit: a false alarm\n/,
    );
    expect(stdout).toMatch(/✓ pool +quiet\n/);
    expect(stdout).toMatch(/told in time +53\.3 of 60 +8 of 9 leaks\n/);
    expect(stdout).toMatch(/false alarms +-66\.7 +2\n +score +22 of 100\n/);
  });

  it('with --json says the same to programs', async () => {
    const { code, stdout } = await check(folder, start, '--json');
    const score = JSON.parse(stdout) as Score & { files: string[] };
    expect(code).toBe(1);
    expect(score).toMatchObject({ files: [start], points: 22, parts: { false_alarms: { count: 2 } } });
    expect(score.leaks).toHaveLength(9);
    expect(score.healthy.filter(({ false_alarm }) => false_alarm !== null)).toMatchObject([
      { name: 'churn', false_alarm: { alert: 'MemoryHigh' } },
      { name: 'churn-busy', false_alarm: { alert: 'MemoryHigh' } },
    ]);
  });

  it('changes nothing and leaves nothing', async () => {
    const seen = () => [readdirSync(dirname(join(root, start))), readFileSync(join(root, start), 'utf8')];
    const before = seen();
    await check(folder, start);
    expect(seen()).toEqual(before);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('says how to get a promtool where there is none', async () => {
    const { code, stdout, stderr } = await check(without, start);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/promtool was not found[\s\S]*docker pull prom\/prometheus:v[\d.]+\n/);
  });

  it('says which file could not be read', async () => {
    const { code, stderr } = await check(folder, 'nowhere.yml');
    expect(code).toBe(2);
    expect(stderr).toMatch(/nowhere\.yml could not be read\.\n {2}expected .*\n {2}came +ENOENT\n/);
  });

  it('ends with 2 where there is nothing to check', async () => {
    expect((await check(folder)).code).toBe(2);
  });
});
