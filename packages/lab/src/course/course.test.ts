import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Course, LabItem } from '../../../../services/console/src/api/contract.ts';
import { labNumber, runningIn } from './course-client.ts';
import { itemLines, progressLines, runningLines } from './words.ts';

const question: LabItem = {
  key: 'bytes',
  kind: 'question',
  ask: 'How many bytes?',
  form: 'a size, as 12 KB',
  choices: null,
  state: 'wrong',
  given: '3 KB',
  saw: 'that is not it',
  expected: null,
};
const labs: Course['labs'] = [
  { id: '01', title: 'First', learn: '', minutes: [5, 10], standing: 'passed', passed_at_ms: 1 },
  { id: '02', title: 'Second one', learn: '', minutes: [10, 20], standing: 'running', passed_at_ms: null },
];
const running = (state: LabItem['state']): Course => ({
  labs,
  running: {
    id: '01',
    started_at_ms: 0,
    items: [{ ...question, state }],
    part: { number: 1, of: 1, call: '' },
    services: 1,
    mends: null,
    passed: state === 'ok',
    traffic_per_second: 0,
    hints: [],
    incident: null,
    notice: state === 'open' ? 'It began anew.' : null,
  },
});
const plain = (lines: readonly string[]) => stripVTControlCharacters(lines.join('\n'));

describe('the number of a lab', () => {
  it.each(['2', '02', '02-steady-climb', 'labs/02-steady-climb', './labs/02-steady-climb/', ' 02 '])(
    '%j is 02',
    (text) => {
      expect(labNumber(text)).toBe('02');
    },
  );

  it.each(['', 'two', '123', '-1', '2.5', '../02'])('%j is refused, with what to do', (text) => {
    expect(() => labNumber(text)).toThrow(/two digits.*progress/s);
  });
});

describe('what a lab asks for', () => {
  it('is told with what was answered, seen and expected', () => {
    expect(plain(itemLines(question))).toBe(
      '✘ bytes: How many bytes?\n    answered  3 KB\n    saw       that is not it\n    expected  a size, as 12 KB',
    );
  });

  it('is short where it is done, and never asks for more', () => {
    expect(plain(itemLines({ ...question, state: 'ok', saw: 'right' }))).toBe(
      '✔ bytes: How many bytes?\n    answered  3 KB',
    );
  });

  it('ends with what comes next', () => {
    const passed = running('ok');
    expect(plain(runningLines(runningIn(passed), passed))).toMatch(/Passed\..*lab start 02/);
    const open = running('open');
    expect(plain(runningLines(runningIn(open), open))).toMatch(/^It began anew\..*0 of 1\./s);
  });
});

it('says what to start where none runs', () => {
  expect(() => runningIn({ labs, running: null })).toThrow('./lab start 02');
});

it('shows the labs one below the other', () => {
  expect(plain(progressLines(labs))).toBe(
    '✔ 01  First       5 to 10 min  passed\n▶ 02  Second one  10 to 20 min  under way\n1 of 2 passed.',
  );
});
