import fc from 'fast-check';
import { expect, it } from 'vitest';
import { downsample, type SeriesRow } from './downsample.ts';

const second = (values: readonly (number | null)[], from_ms = 0): SeriesRow[] =>
  values.map((value, index) => [from_ms + index * 1000, value]);

it('leaves few rows as they are, and puts one row of nulls where nothing was recorded', () => {
  const rows = [...second([1, 2]), ...second([3], 60_000)];
  expect(downsample(rows, 0, 60_000, 100, 1000)).toEqual({
    rows: [
      [0, 1],
      [1000, 2],
      [2000, null],
      [60_000, 3],
    ],
    step_seconds: 1,
  });
});

it('loses neither a peak nor a trough, and keeps the number of points', () => {
  const values = fc.array(fc.option(fc.integer({ min: -1e6, max: 1e6 })), {
    minLength: 10,
    maxLength: 3_000,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 8, max: 400 }), (drawn, points) => {
      const { rows } = downsample(second(drawn), 0, (drawn.length - 1) * 1000, points, 1000);
      expect(rows.length).toBeLessThanOrEqual(Math.max(points, 2));
      const kept = rows.map(([, value]) => value ?? null).filter((value) => value !== null);
      const all = drawn.filter((value) => value !== null);
      expect(Math.max(...kept)).toBe(Math.max(...all));
      expect(Math.min(...kept)).toBe(Math.min(...all));
    }),
  );
});

it('gives times that only rise', () => {
  const { rows, step_seconds } = downsample(
    second(Array(3600).fill(1), 12_345),
    12_345,
    3_612_345,
    300,
    1000,
  );
  for (let index = 1; index < rows.length; index += 1) {
    expect(rows[index]?.[0] ?? 0).toBeGreaterThan(rows[index - 1]?.[0] ?? 0);
  }
  expect(step_seconds).toBeGreaterThanOrEqual(12);
});
