import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Recording } from '@leak-lab/alert-exercise';
import { stringify } from 'yaml';
import { type Promtool, run } from '../../packages/lab/src/alerts/promtool.ts';

/** The folder with the rules, as promtool sees it. */
export const rulesFolder = fileURLToPath(new URL('..', import.meta.url));

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
