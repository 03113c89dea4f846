import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { Recording } from './recording.ts';

/** The folder with the rules, as promtool sees it. */
export const rulesFolder = fileURLToPath(new URL('..', import.meta.url));

/** How promtool is started where a folder of the machine has to be seen by it. */
export type Promtool = (
  args: readonly string[],
  folders: readonly string[],
) => readonly [command: string, args: string[]];

/** A promtool of the machine's own. */
export const installed: Promtool = (args) => ['promtool', [...args]];

/** The one in Prometheus' image. Folders are seen under their own names. */
export const inImage =
  (image: string): Promtool =>
  (args, folders) => {
    const mounts = folders.flatMap((folder) => ['--volume', `${folder}:${folder}:ro`]);
    return [
      'docker',
      ['run', '--rm', '--network', 'none', '--entrypoint', 'promtool', ...mounts, image, ...args],
    ];
  };

/** Runs promtool and gives its exit code and all that it said. */
export function run(
  promtool: Promtool,
  args: readonly string[],
  folders: readonly string[],
): Promise<{ code: number; text: string }> {
  const [command, all] = promtool(args, folders);
  return new Promise((resolve) => {
    execFile(command, all, { maxBuffer: 16 * 2 ** 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, text: `${stdout}${stderr}${code === 127 ? error?.message : ''}` });
    });
  });
}

/** What an expression without labels must be at a moment of a recording. */
export interface Expectation {
  readonly at_seconds: number;
  readonly expression: string;
  readonly value: number;
}

/** Runs the rules over a recording and holds each expectation against them. */
export async function testRules(
  promtool: Promtool,
  { interval_seconds, series }: Pick<Recording, 'interval_seconds' | 'series'>,
  expectations: readonly Expectation[],
): Promise<{ code: number; text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    const file = join(folder, 'case.yml');
    writeFileSync(
      file,
      stringify({
        rule_files: ['memory', 'alerts'].map((name) => join(rulesFolder, 'rules', `${name}.rules.yml`)),
        evaluation_interval: '1s',
        group_eval_order: ['memory', 'alerts'],
        tests: [
          {
            interval: `${interval_seconds}s`,
            input_series: Object.entries(series).map(([key, values]) => ({
              series: key,
              // As Prometheus marks a series that a scrape did not bring.
              values: values.map((value) => value ?? 'stale').join(' '),
            })),
            promql_expr_test: expectations.map(({ at_seconds, expression, value }) => ({
              expr: expression,
              eval_time: `${at_seconds}s`,
              exp_samples: [{ labels: '{}', value }],
            })),
          },
        ],
      }),
      { mode: 0o644 },
    );
    // The image's user is another one.
    chmodSync(folder, 0o755);
    return await run(promtool, ['test', 'rules', file], [folder, rulesFolder]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
