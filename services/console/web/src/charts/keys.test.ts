import { expect, it } from 'vitest';
import { rangeAfterKey, rowAfterKey } from './keys.ts';

const range = { from_ms: 0, to_ms: 100_000 };

it('plus and minus zoom about where the reader points', () => {
  expect(rangeAfterKey('+', false, range, 25_000)).toEqual({ from_ms: 12_500, to_ms: 62_500 });
  expect(rangeAfterKey('-', false, range, 50_000)).toEqual({ from_ms: -50_000, to_ms: 150_000 });
});

it('no zoom goes below five seconds', () => {
  expect(rangeAfterKey('+', false, { from_ms: 0, to_ms: 6000 }, 3000)).toEqual({ from_ms: 500, to_ms: 5500 });
});

it('shift and an arrow move the span, an arrow alone the reading', () => {
  expect(rangeAfterKey('ArrowRight', true, range, 0)).toEqual({ from_ms: 25_000, to_ms: 125_000 });
  expect(rangeAfterKey('ArrowRight', false, range, 0)).toBeNull();
  expect(rowAfterKey('ArrowLeft', -1, 10, 5)).toBe(8);
  expect(rowAfterKey('ArrowRight', 9, 10, 5)).toBe(9);
  expect(rowAfterKey('Home', 4, 10, 5)).toBe(0);
  expect(rowAfterKey('Tab', 4, 10, 5)).toBeNull();
});
