import { describe, expect, it } from 'vitest';
import {
  beginLab,
  beginPart,
  choice,
  isPartDone,
  isPassed,
  type Lab,
  openItems,
  type Question,
  withAnswer,
} from './index.ts';
import { noProgress, type Session } from './progress.ts';

const question = (key: string): Question => ({
  kind: 'question',
  key,
  ask: `${key}?`,
  form: choice('left', 'right'),
  truth: () => ({ kind: 'words', accepted: ['left'] }),
  hints: ['look', 'look there'],
});
const setup = { seeds: () => [], traffic_per_second: 50 };
const lab: Lab = {
  id: '99',
  title: 'In parts',
  learn: 'Nothing.',
  minutes: [1, 2],
  call: 'Look.',
  setup,
  items: [question('first'), question('second')],
  next: [{ call: 'And now?', setup, items: [question('third')] }],
};

const begun = beginLab(noProgress, '99', [1, 2], 1_000).session as Session;
const answered = (session: Session, key: string, verdict: 'right' | 'wrong' = 'right') =>
  withAnswer(session, question(key), 'left', { verdict, saw: '' }, 2_000);
const firstDone = answered(answered(begun, 'first').session, 'second').session;
const keysOf = (session: Session) => openItems(lab, session).map(({ key }) => key);

describe('a lab in parts', () => {
  it('says nothing of what comes before it is there', () => {
    expect(keysOf(begun)).toEqual(['first', 'second']);
    expect(isPartDone(begun, lab)).toBe(false);
    expect(isPartDone(firstDone, lab)).toBe(true);
    expect(isPassed(firstDone, lab)).toBe(false);
  });

  it('goes on with seeds and a begin of their own, and keeps what was reached', () => {
    const second = beginPart(firstDone, lab, 1, [3, 4], 5_000);
    expect(second).toMatchObject({ part: 1, seeds: [3, 4], begun_ms: 5_000 });
    expect(keysOf(second)).toEqual(['first', 'second', 'third']);
    expect(Object.keys(second.answers)).toEqual(['first', 'second']);
    const done = answered(second, 'third').session;
    expect(isPassed(done, lab)).toBe(true);
    expect(isPartDone(done, lab)).toBe(false);
  });

  it('begins its part anew after two wrong guesses, and no other', () => {
    const second = beginPart(firstDone, lab, 1, [3, 4], 5_000);
    const once = answered(second, 'third', 'wrong');
    expect(once.again).toBe(false);
    const twice = answered(once.session, 'third', 'wrong');
    expect(twice.again).toBe(true);
    const again = beginPart(twice.session, lab, 1, [5, 6], 9_000);
    expect(Object.keys(again.answers)).toEqual(['first', 'second']);
    expect(again.wrong).toEqual({ first: 0, second: 0 });
  });
});
