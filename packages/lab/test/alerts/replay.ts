/**
 * A promtool that has heard it all before: it takes any rules for right, and of a file that `promtoolTests` made it tells
 * what the real one told of the rule to start from (`kept-answers.json`, written by `KEEP_ANSWERS=1` with a real promtool).
 */
import { readFileSync } from 'node:fs';

/** First firings of the alert, seconds, by scene and span. */
export type KeptAnswers = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const keptFile = new URL('./kept-answers.json', import.meta.url);

interface PromtoolTests {
  readonly tests: readonly {
    readonly name: string;
    readonly promql_expr_test: readonly { readonly expr: string }[];
  }[];
}

if (import.meta.main) {
  const [command, , file = ''] = process.argv.slice(2);
  if (command === 'test') {
    const kept = JSON.parse(readFileSync(keptFile, 'utf8')) as KeptAnswers;
    const { tests } = JSON.parse(readFileSync(file, 'utf8')) as PromtoolTests;
    const words = tests.flatMap(({ name, promql_expr_test }) =>
      promql_expr_test.map(({ expr }) => {
        const [, span = ''] = /"span", "(\w+)"/.exec(expr) ?? [];
        const labels = `scene="${name}", span="${span}"`;
        const firings = Object.entries(kept[`${name} ${span}`] ?? {}).map(
          ([alert, seconds]) => `{alertname="${alert}", ${labels}} ${seconds.toExponential().toUpperCase()}`,
        );
        return `    expr: ${JSON.stringify(expr)}, time: 1s,\n        exp: nil\n        got: ${[...firings, `{${labels}} -1E+00`].join(', ')}`;
      }),
    );
    console.log(`  FAILED:\n${words.join('\n')}`);
    process.exitCode = 1;
  }
}
