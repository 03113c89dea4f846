import { describe, expect, it } from 'vitest';
import {
  beginLab,
  choice,
  isPassed,
  type Lab,
  type Question,
  withAnswer,
  withPass,
  withSight,
} from './index.ts';
import { noProgress, type Progress, readProgress, type Session } from './progress.ts';

const question = (key: string, choices: readonly string[] = ['left', 'right']): Question => ({
  kind: 'question',
  key,
  ask: `${key}?`,
  form: choice(...choices),
  truth: () => ({ kind: 'words', accepted: [choices[0] as string] }),
  hints: ['look', 'look there'],
});
const lab: Lab = {
  id: '99',
  title: 'One of each',
  learn: 'Nothing.',
  minutes: [1, 2],
  call: 'Look.',
  setup: { seeds: () => [], traffic_per_second: 0 },
  items: [
    question('side'),
    {
      kind: 'effect',
      key: 'done',
      ask: 'Do it.',
      expected: 'it',
      look: () => ({ seen: false, saw: 'nothing' }),
      hints: ['do', 'do it'],
    },
  ],
};
const begun = (progress: Progress = noProgress) => beginLab(progress, '99', [7], 1_000);
const sessionOf = ({ session }: Progress) => session as Session;
const judged = (verdict: 'right' | 'wrong' | 'waiting') => ({ verdict, saw: 'this' });
const answered = (session: Session, verdict: 'right' | 'wrong' | 'waiting', asked = question('side')) =>
  withAnswer(session, asked, 'left', judged(verdict), 2_000);

describe('a lab under way', () => {
  it('begins with nothing answered and nothing seen, though it was passed before', () => {
    const passed = { ...noProgress, labs: { '99': { begun: 3, passed_at_ms: 5, given_up: true } } };
    const progress = begun(passed);
    expect(progress.labs['99']).toEqual({ begun: 4, passed_at_ms: 5, given_up: true });
    expect(sessionOf(progress)).toMatchObject({
      lab: '99',
      seeds: [7],
      begun_ms: 1_000,
      answers: {},
      achieved: {},
    });
    expect(isPassed(sessionOf(progress), lab)).toBe(false);
  });

  it('is passed by all it asks for, and by nothing less', () => {
    const { session } = answered(sessionOf(begun()), 'right');
    expect(isPassed(session, lab)).toBe(false);
    const seen = withSight(session, 'done', { seen: true, saw: 'it' }, 3_000);
    expect(isPassed(seen, lab)).toBe(true);
    expect(isPassed({ ...seen, answers: {} }, lab)).toBe(false);
  });

  it('keeps what was seen as it was first seen', () => {
    const first = withSight(sessionOf(begun()), 'done', { seen: true, saw: 'it' }, 3_000);
    expect(withSight(first, 'done', { seen: true, saw: 'other' }, 4_000)).toBe(first);
    expect(withSight(first, 'done', { seen: false, saw: 'gone' }, 4_000)).toBe(first);
  });

  it('notes once when it was passed', () => {
    const progress = withPass(begun(), 9_000);
    expect(progress.labs['99']?.passed_at_ms).toBe(9_000);
    expect(withPass(progress, 10_000)).toBe(progress);
    expect(withPass(noProgress, 9_000)).toBe(noProgress);
  });
});

describe('wrong answers', () => {
  it('to a question with few choices begin the lab anew at the second', () => {
    const first = answered(sessionOf(begun()), 'wrong');
    expect(first.again).toBe(false);
    expect(answered(first.session, 'wrong').again).toBe(true);
    expect(answered(first.session, 'right').again).toBe(false);
  });

  it('do so by what is wrong only: what waits to be judged is none', () => {
    const waiting = answered(answered(sessionOf(begun()), 'waiting').session, 'waiting');
    expect(waiting.again).toBe(false);
    expect(answered(waiting.session, 'wrong').again).toBe(false);
  });

  it('may be many where there are many choices', () => {
    const many = question('many', [...'abcdefghi']);
    const [one, two] = ['wrong', 'wrong'] as const;
    expect(answered(answered(sessionOf(begun()), one, many).session, two, many).again).toBe(false);
  });
});

describe('progress as it is kept', () => {
  it('is read as it was written', () => {
    const { session } = answered(sessionOf(begun()), 'wrong');
    const progress = { ...begun(), session };
    expect(readProgress(JSON.stringify(progress))).toEqual(progress);
  });

  it.each([
    ['', /it is not JSON/],
    ['{"version":1', /it is not JSON/],
    ['{"version":2,"labs":{},"session":null}', /^version: /],
    ['{"version":1,"labs":{"01":{"begun":"once"}},"session":null}', /^labs\.01\.begun: /],
  ])('%s is not', (text, why) => {
    expect(() => readProgress(text)).toThrow(why);
  });
});
