import { readRules } from '@leak-lab/alert-exercise';
import { expect, it } from 'vitest';
import { complaintsOf } from './promtool-complaints.ts';

const text = `groups:
  - name: a
    rules:
      - alert: A
        expr: |
          up == 1
            and bla(
      - alert: C
        for: ten
        expr: up
        annotations: { summary: "{{ $lab }}" }
`;
const file = { path: 'my.yml', text };
const copy = '/tmp/alerts-x/0-my.yml';
const complaints = (output: string) =>
  complaintsOf(output, new Map([[copy, file]]), readRules(file).rules).map(({ path, line, what }) => [
    `${path}:${line}`,
    what,
  ]);

it.for([
  [
    'an expression: its line in the expression',
    `${copy}: 5:15: group "a", rule 1, "A": could not parse expression: 2:11: parse error: unclosed left parenthesis`,
    [
      'my.yml:7',
      'group "a", rule 1, "A": could not parse expression: 2:11: parse error: unclosed left parenthesis',
    ],
  ],
  [
    'a field: on a line of its own',
    `${copy}: yaml: unmarshal errors:\n  line 5: field exprr not found in type rulefmt.Rule`,
    ['my.yml:5', 'field exprr not found in type rulefmt.Rule'],
  ],
  [
    'a value without a line: where it is written',
    `${copy}: not a valid duration string: "ten"\n${copy}: not a valid duration string: "ten"`,
    ['my.yml:9', 'not a valid duration string: "ten"'],
  ],
  [
    'a template: its rule',
    `${copy}: group "a", rule 2, "C": annotation "summary": template: __alert_C:1: undefined variable "$lab"`,
    [
      'my.yml:11',
      'group "a", rule 2, "C": annotation "summary": template: __alert_C:1: undefined variable "$lab"',
    ],
  ],
] as const)('%s', ([, said, expected]) => {
  expect(complaints(`Checking ${copy}\n  FAILED:\n${said}\n`)).toEqual([expected]);
});
