import { describe, expect, it } from 'vitest';
import { deathAt, evidenceOf, type Phase } from '../test/simulated.ts';
import { beginLab, choice, type Evidence, type Lab, nextHint, type Question } from './index.ts';
import { noProgress, type Session } from './progress.ts';

const question = (key: string): Question => ({
  kind: 'question',
  key,
  ask: `${key}?`,
  form: choice('left', 'right'),
  truth: () => ({ kind: 'words', accepted: ['left'] }),
  hints: [`${key}: nudge`, `${key}: way`],
});
const lab: Lab = {
  id: '99',
  title: 'Two questions',
  learn: 'Nothing.',
  minutes: [1, 2],
  call: 'Look.',
  setup: { seeds: () => [7], traffic_per_second: 100 },
  items: [question('first'), question('second')],
};
const climb: Phase = { seconds: 60, per_second: 100, bytes_per_request: 9_000 };
const session = beginLab(noProgress, '99', [7], 1_000_000).session as Session;
const answerAt = (given_at_ms: number, state: 'ok' | 'wrong'): Session => ({
  ...session,
  answers: { first: { value: 'right', given_at_ms, state, saw: '' } },
});

/** Asks so many times, and notes each hint as the conductor does. */
function hintsOf(times: number, evidence: Evidence, from = session): string[] {
  let hinted = { ...from.hinted };
  return Array.from({ length: times }, () => {
    const hint = nextHint(lab, { ...from, hinted }, evidence);
    if (hint !== undefined) hinted = { ...hinted, [hint.key]: (hinted[hint.key] ?? 0) + 1 };
    return hint?.words ?? '';
  });
}

describe('hints', () => {
  it('are a nudge, then the way, and stay there, where nothing is in the way', () => {
    expect(hintsOf(3, evidenceOf([climb]))).toEqual(['first: nudge', 'first: way', 'first: way']);
  });

  it('begin with what the lab sees', () => {
    const silent = evidenceOf([{ seconds: 70, per_second: 0 }]);
    expect(hintsOf(3, silent)).toEqual([
      expect.stringContaining('No requests in the last 60 s'),
      'first: nudge',
      'first: way',
    ]);
  });

  it('do not miss requests where it goes without', () => {
    const silent = evidenceOf([{ seconds: 70, per_second: 0 }]);
    const quiet = { ...lab, items: [{ ...question('first'), without_requests: true }] };
    expect(nextHint(quiet, session, silent)?.words).toBe('first: nudge');
  });

  it('begin with what stands in the way of this one thing, where the lab knows of it', () => {
    const blocked = { ...question('first'), in_the_way: () => 'first: it is day' };
    expect(nextHint({ ...lab, items: [blocked] }, session, evidenceOf([climb]))?.words).toBe(
      'first: it is day',
    );
    const free = { ...question('first'), in_the_way: () => undefined };
    expect(nextHint({ ...lab, items: [free] }, session, evidenceOf([climb]))?.words).toBe('first: nudge');
  });

  it('say that another server is full, since nothing grows then', () => {
    const full = evidenceOf([{ seconds: 70, per_second: 60, keys: 60, bytes_per_key: 100_000 }]);
    expect(hintsOf(1, full)).toEqual([expect.stringContaining('is full')]);
  });

  it('are for the first thing that is not done, and none where all is', () => {
    const done = answerAt(1_030_000, 'ok');
    expect(hintsOf(1, evidenceOf([climb]), done)).toEqual(['second: nudge']);
    const all = { ...done, achieved: { second: { at_ms: 1, saw: '' } } };
    expect(nextHint(lab, all, evidenceOf([climb]))).toBeUndefined();
  });
});

describe('what the lab sees', () => {
  it.each([
    [
      'a service that does not answer',
      evidenceOf([climb], { service_is_up: false }),
      session,
      /does not answer/,
    ],
    [
      'a climb that has not begun',
      evidenceOf([climb], { onset_ms: 1_050_000 }),
      session,
      /before anything happened/,
    ],
    [
      'an answer from before it began',
      evidenceOf([climb], { onset_ms: 1_030_000 }),
      answerAt(1_020_000, 'wrong'),
      /came before anything had begun/,
    ],
    [
      'a death in the middle of it',
      evidenceOf([climb], { deaths: [deathAt(30)] }),
      answerAt(1_040_000, 'wrong'),
      /died while you measured/,
    ],
  ] satisfies [string, Evidence, Session, RegExp][])('%s', (_, evidence, of, words) => {
    expect(hintsOf(1, evidence, of)).toEqual([expect.stringMatching(words)]);
  });

  it('is no answer', () => {
    const words = hintsOf(3, evidenceOf([climb], { service_is_up: false }));
    expect(words.join()).not.toMatch(/left|right/);
  });
});
