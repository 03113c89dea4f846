import { describe, expect, it } from 'vitest';
import { constantsHere } from './constants.ts';
import { type CostConstants, estimateCost } from './cost.ts';
import measured from './cost-constants.json' with { type: 'json' };

describe('the cost', () => {
  const constants = Object.values(measured)[0] as CostConstants;
  const some = { objects: 100_000, edges: 0, texts: 0, text_bytes: 0, longest_slots: 1_000 };
  it('grows with objects, their references, texts and the longest list', () => {
    const least = estimateCost(some, constants).bytes;
    for (const more of [
      { objects: 200_000 },
      { edges: 200_000 },
      { texts: 100_000 },
      { text_bytes: 1e7 },
      { longest_slots: 100_000 },
    ]) {
      expect(estimateCost({ ...some, ...more }, constants).bytes).toBeGreaterThan(least + 4 * 2 ** 20);
    }
  });

  it('doubles its table when four fifths are taken', () => {
    const bytes = (nodes: number) =>
      estimateCost({ ...some, objects: nodes + constants.not_nodes }, constants).bytes;
    const full = 0.8 * 2 ** 19;
    const step = bytes(full + 10) - bytes(full - 10);
    expect(step).toBeGreaterThan(10 * 2 ** 20);
    expect(bytes(full - 10) - bytes(full - 30)).toBeLessThan(0.001 * step);
  });

  it('is known for this V8; for one that nobody measured the margin is wider, and it is said', () => {
    expect(constantsHere().basis).toMatch(/^costs measured on V8 \d+\.\d+$/);
    const other = constantsHere('99.9.1');
    expect(other.values.error_share).toBeGreaterThan(constantsHere().values.error_share);
    expect(other.basis).toMatch(/this is 99\.9.*calibrate/);
  });
});
