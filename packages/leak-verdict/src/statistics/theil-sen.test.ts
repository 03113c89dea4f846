import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, type Point, theilSen } from '../index.ts';

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function bruteForce(points: readonly Point[]): number {
  const slopes = points.flatMap((a, index) =>
    points
      .slice(index + 1)
      .filter((b) => b.x !== a.x)
      .map((b) => (b.y - a.y) / (b.x - a.x)),
  );
  return median(slopes);
}

describe('theilSen', () => {
  it('is the slope of points on a line, and sure of it', () => {
    const points = Array.from({ length: 20 }, (_, x) => ({ x, y: 3 * x + 7 }));
    expect(theilSen(points)).toEqual({ low: 3, value: 3, high: 3 });
  });

  it('agrees with the example worked by Sen (1968)', () => {
    const x = [1, 2, 3, 4, 10, 12, 18];
    const y = [9, 15, 19, 20, 45, 55, 78];
    const found = theilSen(x.map((at, index) => ({ x: at, y: y[index] ?? 0 })));
    expect(found?.value).toBe(4);
    expect(found?.low).toBeGreaterThan(3.5);
    expect(found?.high).toBeLessThan(4.5);
  });

  it('is the median of the slopes of all pairs, whatever the points, and lies in its interval', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    const points = fc.array(fc.record({ x: number, y: number }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(points, (drawn) => {
        const found = theilSen(drawn);
        const expected = bruteForce(drawn);
        if (Number.isNaN(expected)) return expect(found).toBeUndefined();
        expect(found?.value).toBeCloseTo(expected, 9);
        expect(found?.low).toBeLessThanOrEqual(expected);
        expect(found?.high).toBeGreaterThanOrEqual(expected);
      }),
    );
  });

  it('is the mean of the middle two of an even number of slopes', () => {
    // Slopes 10, 500, 10, 990, 10, -970: the middle two are 10 and 10.
    expect(theilSen([0, 10, 1000, 30].map((y, x) => ({ x, y })))?.value).toBe(10);
  });

  it('does not move for a quarter of points that are astray', () => {
    const points = Array.from({ length: 40 }, (_, x) => ({ x, y: x % 4 === 0 ? 1e6 : 2 * x }));
    expect(theilSen(points)?.value).toBeCloseTo(2, 0);
  });

  it('holds the true slope in its interval about 95 times of 100', () => {
    const random = seeded(7);
    let held = 0;
    const rounds = 400;
    for (let round = 0; round < rounds; round += 1) {
      const points = Array.from({ length: 30 }, (_, x) => ({ x, y: 5 * x + 20 * normal(random) }));
      const { low = 0, high = 0 } = theilSen(points) ?? {};
      if (low <= 5 && high >= 5) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.93);
    expect(held / rounds).toBeLessThan(0.99);
  });

  it('says nothing of three points, or of points above one another', () => {
    expect(theilSen([0, 1, 2].map((x) => ({ x, y: x })))).toBeUndefined();
    expect(theilSen([0, 1, 2, 3].map((y) => ({ x: 1, y })))).toBeUndefined();
  });

  it('takes 600 points in far less than a second', () => {
    const random = seeded(1);
    const points = Array.from({ length: 600 }, (_, x) => ({ x, y: random() }));
    const begun = performance.now();
    theilSen(points);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
