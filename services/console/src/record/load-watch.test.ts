import { expect, it } from 'vitest';
import { LoadWatch } from './load-watch.ts';

const changes = (rates: readonly (number | null)[]) => {
  const watch = new LoadWatch();
  return rates.map((requests_per_second) => watch.next({ requests_per_second }) ?? '');
};

it('begins after three seconds of many requests and ends after five of few', () => {
  expect(changes([1, 200, 200, 200, 200, 1, 1, 1, 1, 1, 1])).toEqual([
    '',
    '',
    '',
    'load_begin',
    '',
    '',
    '',
    '',
    '',
    'load_end',
    '',
  ]);
});

it('is not moved by clicks, by a pause, or by what is not known', () => {
  expect(changes([5, 30, 2, 30, 30, 1, null, 30]).join('')).toBe('');
  expect(changes([50, 50, 50, 0, 0, 0, 50, 0, 0]).filter(Boolean)).toEqual(['load_begin']);
});
