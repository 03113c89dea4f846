import { expect, it } from 'vitest';
import type { LabItem, RunningLab } from '../../../src/api/contract.ts';
import { changesInWords } from './changes-in-words.ts';

const item = (key: string, more: Partial<LabItem> = {}): LabItem => ({
  key,
  kind: 'question',
  ask: `${key}?`,
  form: null,
  choices: null,
  state: 'open',
  given: null,
  saw: null,
  expected: null,
  ...more,
});
const lab = (items: readonly LabItem[], more: Partial<RunningLab> = {}): RunningLab => ({
  id: '02',
  started_at_ms: 1,
  items,
  part: { number: 1, of: 1, call: '' },
  services: 1,
  mends: null,
  passed: false,
  traffic_per_second: 0,
  hints: [],
  incident: null,
  notice: null,
  ...more,
});

it('says what became of an answer and of what was seen, and how far one is', () => {
  const before = lab([item('size'), item('pause', { kind: 'effect', saw: 'no pause yet' })]);
  const after = lab([
    item('size', { state: 'wrong', given: '3', saw: 'Far too little.' }),
    item('pause', { kind: 'effect', state: 'ok', saw: 'a pause of 12 s' }),
  ]);
  expect(changesInWords(before, after)).toBe(
    'Not right: size? Far too little. Done: pause? a pause of 12 s. 1 of 2 done.',
  );
});

it('is silent while only what is seen of an open thing moves', () => {
  const at = (saw: string) => lab([item('pause', { kind: 'effect', saw })]);
  expect(changesInWords(at('4 s so far'), at('5 s so far'))).toBe('');
});

it('a second wrong answer is heard too', () => {
  const at = (given: string) => lab([item('size', { state: 'wrong', given, saw: 'Not that.' })]);
  expect(changesInWords(at('3'), at('4'))).toBe('Not right: size? Not that. 0 of 1 done.');
});

it('says that all is done, and that a lab began anew', () => {
  const before = lab([item('size')]);
  expect(changesInWords(before, lab([item('size', { state: 'ok' })], { passed: true }))).toBe(
    'Done: size? The lab is passed.',
  );
  expect(changesInWords(before, lab([item('size')], { started_at_ms: 2, notice: 'It began anew.' }))).toBe(
    'It began anew.',
  );
});

it('reads the message of a part that begins', () => {
  const part = { number: 2, of: 2, call: 'And now?' };
  expect(changesInWords(lab([item('size')]), lab([item('more')], { started_at_ms: 2, part }))).toBe(
    'Part 2 of 2 begins: And now?',
  );
});
