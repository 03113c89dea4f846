import { expect, it } from 'vitest';
import { amountOf, bytesOf, durationOf } from './quantities.ts';

it.each([
  [0, '0 B'],
  [0.2, '0.2 B'],
  [783, '783 B'],
  [-2_048, '-2 KB'],
  [14_645, '14.3 KB'],
  [268_435_456, '256 MB'],
])('%f bytes are %s', (bytes, words) => expect(bytesOf(bytes)).toBe(words));

it('says one and many', () => {
  expect([amountOf(1, 'request'), amountOf(5_000, 'request'), amountOf(2.5, 'payload byte')]).toEqual([
    '1 request',
    '5,000 requests',
    '2.5 payload bytes',
  ]);
});

it.each([
  [45, '45 s'],
  [720, '12 min'],
  [12_600, '3.5 h'],
  [200_000, '2.3 days'],
])('%f seconds are %s', (seconds, words) => expect(durationOf(seconds)).toBe(words));
