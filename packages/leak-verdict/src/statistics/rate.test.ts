import { describe, expect, it } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import { quantile, spreadOf } from './median.ts';
import { normalShareBelow } from './normal.ts';
import { rateOf } from './rate.ts';
import { theilSen } from './theil-sen.ts';

const random = seeded(11);

describe('rateOf', () => {
  it.each([
    ['two levels of five readings', [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]],
    ['a row of twenty', Array.from({ length: 20 }, (_, index) => index / 19)],
    ['a row with a rest at its end', [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1]],
  ])('%s: its interval holds the truth some 95 times in 100', (_, places) => {
    const rounds = 600;
    let held = 0;
    for (let round = 0; round < rounds; round += 1) {
      const rate = rateOf(places.map((x) => ({ x, y: 10 * x + random.normal(1) })));
      if (rate && rate.low <= 10 && rate.high >= 10) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.92);
  });

  it('does not move for a reading of five that is far astray', () => {
    const level = (x: number, y: number) =>
      [0, 1, 2, 3].map((off) => ({ x, y: y + off })).concat({ x, y: 1e6 });
    expect(rateOf([...level(0, 0), ...level(100, 1_000)])?.value).toBeCloseTo(10, 1);
  });
});

it('theilSen takes 86,400 points in less than half a second of work', () => {
  const points = Array.from({ length: 86_400 }, (_, x) => ({ x, y: 3 * x + random.normal(1_000) }));
  const begun = process.threadCpuUsage();
  expect(theilSen(points)?.value).toBeCloseTo(3, 1);
  expect(process.threadCpuUsage(begun).user / 1_000).toBeLessThan(500);
});

it('theilSen widens its interval where neighbours are alike', () => {
  let drift = 0;
  let held = 0;
  for (let round = 0; round < 200; round += 1) {
    const points = Array.from({ length: 60 }, (_, x) => {
      drift = 0.6 * drift + random.normal(1);
      return { x, y: x + drift };
    });
    const { low = 2, high = 0 } = theilSen(points) ?? {};
    if (low <= 1 && high >= 1) held += 1;
  }
  expect(held / 200).toBeGreaterThan(0.88);
});

it('knows the normal distribution', () => {
  expect([-1.96, 0, 1.645].map((z) => Number(normalShareBelow(z).toFixed(3)))).toEqual([0.025, 0.5, 0.95]);
});

it('quantiles lie between neighbours by their distance', () => {
  expect([quantile([4, 1, 3, 2], 0.5), quantile([0, 10], 0.25), spreadOf([1, 2, 3])]).toEqual([
    2.5, 2.5, 1.4826,
  ]);
});
