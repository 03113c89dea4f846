import { expect, it } from 'vitest';
import { readAnswers } from './firings.ts';
import { leakScene } from './made-up.ts';
import { promtoolTests } from './promtool-tests.ts';

const output = `
  FAILED:
    name: cache,
    expr: "min by (alertname) (…)", time: 10s,
        exp: nil
        got: {scene="cache", span="before"} -1E+00
    expr: "min by (alertname) (…)", time: 1m12s,
        exp: nil
        got: {alertname="Memory {high} \\"now\\"", scene="cache", span="since"} 4.6E+01, {alertname="Soon", scene="cache", span="since"} 50, {scene="cache", span="since"} -1E+00
`;

it('reads what promtool complains of as an answer', () => {
  const { firings, answered, failures } = readAnswers(output);
  expect(firings).toEqual([
    { scene: 'cache', span: 'since', alert: 'Memory {high} "now"', seconds: 46 },
    { scene: 'cache', span: 'since', alert: 'Soon', seconds: 50 },
  ]);
  expect([...answered]).toEqual(['cache before', 'cache since']);
  expect(failures).toEqual([]);
});

it('reads which rule could not be evaluated, once', () => {
  const failed = '    rule: Bad, time: 2m0s, err: many-to-many matching not allowed\n';
  expect(readAnswers(failed + failed).failures).toEqual([
    { rule: 'Bad', at: '2m0s', reason: 'many-to-many matching not allowed' },
  ]);
});

it('asks of a leak’s scene what fired before the load, and between the load and the limit', () => {
  const { tests } = JSON.parse(promtoolTests([leakScene('cache')], { files: ['a.yml'], groups: ['a'] })) as {
    tests: {
      input_series: { values: string }[];
      promql_expr_test: { eval_time: string; expr: string; exp_samples: [] }[];
    }[];
  };
  const questions = tests[0]?.promql_expr_test ?? [];
  expect(questions.map(({ eval_time }) => eval_time)).toEqual(['4s', '20s']);
  expect(questions[0]?.expr).toContain('[5s:1s]');
  expect(questions[1]?.expr).toContain('[16s:1s]');
  expect(questions.every(({ exp_samples }) => exp_samples.length === 0)).toBe(true);
  // A scrape that brought nothing ends a series.
  expect(tests[0]?.input_series[2]?.values).toMatch(/^200 200 200 300 .* 900 stale$/);
});

it('tells promtool nothing by which a rule could know the recording', () => {
  const { tests } = JSON.parse(promtoolTests([leakScene('cache')], { files: [], groups: [] })) as {
    tests: { input_series: object[] }[];
  };
  expect(JSON.stringify(tests.map(({ input_series }) => input_series))).not.toMatch(
    /cache|made up|1795294572/,
  );
});
