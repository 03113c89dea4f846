import { expect, it } from 'vitest';
import { leakScene } from './made-up.ts';
import { groundOf, notesOf, problemsOf } from './problems.ts';
import { readRules } from './rules-file.ts';

const ground = groundOf([leakScene()], new Map([['instance:held:sum', 'prometheus/rules/memory.rules.yml']]));
const file = (rules: string) => `groups:\n  - name: mine\n    rules:\n${rules}`;
const read = (rules: string) => readRules({ path: 'my.yml', text: file(rules) });
const problems = (rules: string) => problemsOf(read(rules).rules, ground);

it('reads rules with their names and lines', () => {
  expect(
    read(`      - record: a:b
        expr: up
      - alert: A
        expr: |
          up
            == 1
        for: 10s
`).rules,
  ).toEqual([
    { path: 'my.yml', group: 'mine', record: 'a:b', expr: { text: 'up', line: 5 } },
    {
      ...{ path: 'my.yml', group: 'mine', alert: 'A' },
      expr: { text: 'up\n  == 1\n', line: 8 },
      for: { text: '10s', line: 10 },
    },
  ]);
});

it('finds what is no YAML, by its line', () => {
  expect(read('      - alert: A\n       expr: "up\n').problems).toMatchObject([
    { path: 'my.yml', line: 5, what: expect.stringContaining('this is no YAML') },
    { line: 6 },
  ]);
});

it('has nothing to say of rules over what was recorded, and over what they record themselves', () => {
  expect(
    problems(`      - record: my:use
        expr: container_memory_usage_bytes / container_memory_limit_bytes
      - alert: A
        expr: max_over_time(my:use[5s]) > 0.5 and on () ALERTS{alertname="B"} offset 4s
        for: 4s
`),
  ).toEqual([]);
});

it('names an unknown metric, its line, and those that there are', () => {
  expect(
    problems(`      - alert: A
        expr: |
          up == 1
            and memory_used > {__name__="memory_limit"}
`),
  ).toMatchObject([
    {
      ...{ path: 'my.yml', line: 7, what: 'unknown metric "memory_used"' },
      advice:
        'in the recordings are: container_memory_limit_bytes, container_memory_usage_bytes, process_start_time_seconds, up',
    },
    { line: 7, what: 'unknown metric "memory_limit"' },
  ]);
});

it('says where a series is recorded, and that what names the leak is not there', () => {
  expect(problems('      - alert: A\n        expr: instance:held:sum > 5\n')).toMatchObject([
    { what: expect.stringContaining('is recorded by prometheus/rules/memory.rules.yml') },
  ]);
  expect(problems('      - alert: A\n        expr: leak_enabled == 1\n')).toMatchObject([
    { what: expect.stringContaining('says what leaks') },
  ]);
});

it('finds alerts that need more than was recorded', () => {
  expect(
    problems(`      - alert: A
        expr: up > up offset 1h
        for: 10m
`),
  ).toMatchObject([
    {
      line: 6,
      what: '"for: 10m" needs more than was recorded: the longest leak reaches its limit after 20 s',
    },
    { line: 5, what: expect.stringContaining('"offset 1h"') },
  ]);
});

it('finds what an alert needs of a series that it is made of, and not what it can do without', () => {
  const rules = `      - record: far
        expr: up - up offset 5m
      - alert: A
        expr: ALERT > 0
`;
  expect(problems(rules.replace('ALERT', 'far + up'))).toMatchObject([
    { line: 5, what: expect.stringContaining('"offset 5m"') },
  ]);
  expect(problems(rules.replace('ALERT', '(up or far)'))).toEqual([]);
  expect(problems(rules.replace('ALERT', 'up'))).toEqual([]);
  expect(notesOf(read(rules.replace('ALERT', 'rate(up[2m])')).rules, ground)).toMatchObject([
    { line: 5, what: '"offset 5m" is before all that was recorded' },
    { line: 7, what: '[2m] goes back further than what was recorded' },
  ]);
});
