import { describe, expect, test } from 'vitest';
import { judge, parseGrowthRule } from './fail-on.ts';
import { grownClass } from './testing/sample-report.ts';

const classes = [
  grownClass('RequestRecord', 101, 6_000_000),
  grownClass('Array', 5, null),
  grownClass('Gone', -50),
];

describe('a rule of --fail-on', () => {
  test.each([
    ['RequestRecord > 100', true],
    ['RequestRecord > 101', false],
    ['RequestRecord >= 101', true],
    ['RequestRecord>1_000', false],
    ['RequestRecord > 1,000', false],
    ['RequestRecord > 5 MB', true],
    ['RequestRecord > 6.5MB', false],
    ['Gone > 0', false],
    ['Absent > 0', false],
    ['* > 100', true],
    ['* > 102', false],
  ])('%s is broken: %s', (text, broken) => {
    expect(judge(parseGrowthRule(text), classes).broken).toBe(broken);
  });

  test('takes own bytes where retained ones were not asked for', () => {
    expect(judge(parseGrowthRule('Array > 199 B'), classes).broken).toBe(true);
    expect(judge(parseGrowthRule('Array > 200 B'), classes).broken).toBe(false);
  });

  test('judges classes of one name in several scripts together', () => {
    const twins = [grownClass('Entry', 60), { ...grownClass('Entry', 60), key: '9,1,1,Entry' }];
    expect(judge(parseGrowthRule('Entry > 100'), twins)).toMatchObject({
      broken: true,
      offenders: [{ growth: 120 }],
    });
  });

  test('names may hold spaces and signs of comparison', () => {
    expect(parseGrowthRule('system / Context > 10')).toMatchObject({
      class_name: 'system / Context',
      limit: 10,
    });
    expect(parseGrowthRule('Map<a > b> > 10')).toMatchObject({ class_name: 'Map<a > b>', limit: 10 });
  });

  test.each([
    '',
    'RequestRecord',
    '> 5',
    'RequestRecord > many',
    'RequestRecord < 5',
    'A > 5 parsecs',
    'A > -1',
  ])('refuses %j and shows one that would do', (text) => {
    expect(() => parseGrowthRule(text)).toThrow(/--fail-on: expected .*'RequestRecord > 100'.*got/);
  });
});
