import { describe, expect, it } from 'vitest';
import { type MemorySample, secondsToLimit } from './estimate.ts';

const megabyte = 1024 ** 2;
const limit = 256 * megabyte;

/** One reading a second. */
const readings = (seconds: number, megabytesAt: (second: number) => number): MemorySample[] =>
  Array.from({ length: seconds + 1 }, (_, at_seconds) => ({
    at_seconds,
    bytes: megabytesAt(at_seconds) * megabyte,
  }));

describe('the time left', () => {
  it('is what is left of the limit over a steady growth', () =>
    expect(
      secondsToLimit(
        readings(20, (t) => 56 + 4 * t),
        limit,
      ),
    ).toBeCloseTo((256 - 136) / 4, 5));

  it('is not bent by single collections', () => {
    const withCollections = readings(20, (t) => 56 + 4 * t - (t % 7 === 3 ? 25 : 0));
    expect(secondsToLimit(withCollections, limit)).toBeCloseTo(30, 0);
  });

  it('is judged by the last 20 seconds only', () =>
    expect(
      secondsToLimit(
        readings(60, (t) => (t < 40 ? 50 : 50 + 4 * (t - 40))),
        limit,
      ),
    ).toBeCloseTo(31.5, 5));

  it.each([
    ['there are no readings', []],
    ['there are few', readings(4, (t) => 50 + 10 * t)],
    ['memory is flat', readings(20, () => 60)],
    ['memory falls', readings(20, (t) => 120 - t)],
    ['the heap only breathes', readings(20, (t) => 60 + (t % 5) + t * 0.05)],
  ])('cannot be told when %s', (_, samples) => expect(secondsToLimit(samples, limit)).toBeUndefined());

  it('is never below 0', () =>
    expect(
      secondsToLimit(
        readings(10, (t) => 250 + 2 * t),
        limit,
      ),
    ).toBe(0));
});
