import { describe, expect, it } from 'vitest';
import { stepsOf } from './steps.ts';

const points = (height: (x: number) => number) =>
  Array.from({ length: 60 }, (_, x) => ({ x: 100 * x, y: height(x) }));
const grain = 10_000;
const noise = (x: number): number => 500 * Math.sin(7 * x);

describe('stepsOf', () => {
  it('finds a chunk each thousand requests', () => {
    const steps = stepsOf(
      points((x) => 1_000_000 * Math.floor((x + 5) / 10) + noise(x)),
      grain,
    );
    expect(steps?.count).toBe(6);
    expect(steps?.bytes_each).toBeCloseTo(1_000_000, -4);
    expect(steps?.longest_units).toBe(1_000);
  });

  it.each([
    ['even growth', (x: number) => 100_000 * x + noise(x)],
    ['no growth', noise],
    ['one reading that is far astray, and another', (x: number) => (x % 20 === 7 ? 5_000_000 : 0) + noise(x)],
    ['what warms up', (x: number) => 9_000_000 * (1 - Math.exp(-x / 3)) + noise(x)],
    ['a pool, made at once', (x: number) => (x > 20 ? 9_000_000 : 0) + noise(x)],
  ])('%s is none', (_, height) => expect(stepsOf(points(height), grain)).toBeNull());
});
