import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../test/simulated.ts';
import { bytes, choice, count, type Question, type Truth } from './index.ts';
import { judge } from './judge.ts';

const question = (truth: Truth, form = bytes('a size', 100, 1_000_000)): Question => ({
  kind: 'question',
  key: 'size',
  ask: 'How much?',
  form,
  truth: () => truth,
  hints: ['look', 'look there'],
});
const measured: Truth = { kind: 'number', values: [12_600], tolerance: 0.2 };
const evidence = evidenceOf([]);
const judged = (text: string, truth: Truth = measured, form?: Question['form']) =>
  judge(question(truth, form), text, evidence);

describe('an answer in numbers', () => {
  it.each(['12600', '12.3 KB', '12,600 bytes', '10.1k', '14 KB', '0.012 MB'])('%s is near enough', (text) => {
    expect(judged(text)).toMatchObject({ verdict: 'right' });
  });

  it.each([
    ['9000', 'near'],
    ['30 KB', 'off by half'],
    ['90 KB', 'several times'],
    ['12.6', 'the unit'],
    ['3 MB', 'the unit'],
  ])('%s is wrong: %s', (text, why) => {
    const answer = judged(text);
    expect(answer).toMatchObject({ verdict: 'wrong', saw: expect.stringContaining(why) });
    // What was measured would give it away.
    expect(JSON.stringify(answer)).not.toMatch(/12[.,]?[36]/);
  });

  it('may be near any of what was measured', () => {
    const two: Truth = { kind: 'number', values: [100, 5_000], tolerance: 0.1 };
    expect(judged('5100', two)).toMatchObject({ verdict: 'right' });
    expect(judged('105', two)).toMatchObject({ verdict: 'right' });
    expect(judged('2000', two)).toMatchObject({ verdict: 'wrong' });
  });

  it('may be off by what is noise, where next to nothing was measured', () => {
    const nothing: Truth = { kind: 'number', values: [-3], tolerance: 0.2, noise: 100 };
    expect(judged('0', nothing)).toMatchObject({ verdict: 'right' });
    expect(judged('90', nothing)).toMatchObject({ verdict: 'right' });
    expect(judged('150', nothing)).toMatchObject({ verdict: 'wrong' });
  });

  it('is exact where nothing else is right, and nobody is sent to measure longer then', () => {
    const exact: Truth = { kind: 'number', values: [137], tolerance: 0 };
    const form = count('a number', 1, 255);
    expect(judged('137', exact, form)).toMatchObject({ verdict: 'right' });
    expect(judged('134', exact, form)).toEqual({ verdict: 'wrong', saw: 'that is not it' });
  });
});

describe('an answer in words', () => {
  const words: Truth = { kind: 'words', accepted: ['leak'] };
  const form = choice('leak', 'load');

  it('is one of those that are right, however it is written', () => {
    expect(judged(' LEAK ', words, form)).toMatchObject({ verdict: 'right' });
    expect(judged('load', words, form)).toMatchObject({ verdict: 'wrong', saw: 'that is not it' });
  });
});

it('waits where the lab does not know yet, and says for what', () => {
  expect(judged('5 KB', { kind: 'unknown', waits_for: '1,500 requests' })).toMatchObject({
    verdict: 'waiting',
    saw: expect.stringContaining('1,500 requests'),
  });
});

it('takes what is no answer for none, before anything is measured', () => {
  expect(judged('a lot')).toEqual({ verdict: 'refused', expected: expect.stringContaining('12.3 KB') });
});
