import { describe, expect, it } from 'vitest';
import { constantsHere } from './constants.ts';
import { type CostConstants, estimateCost } from './cost.ts';
import measured from './cost-constants.json' with { type: 'json' };
import { countObjects, type ObjectStatistics, readObjectStatistics } from './object-counts.ts';

const bucket_sizes = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];
const histogram = (counts: Readonly<Record<number, number>>) => bucket_sizes.map((size) => counts[size] ?? 0);
const read = (type_data: ObjectStatistics['type_data']) => readObjectStatistics({ bucket_sizes, type_data });

describe('what V8 counted', () => {
  it('objects of all types are added up', () => {
    expect(
      read({
        JS_OBJECT_TYPE: { overall: 6400, count: 100, histogram: histogram({ 64: 100 }) },
        MAP_TYPE: { overall: 800, count: 10, histogram: histogram({ 128: 10 }) },
        END: { overall: 0, histogram: [] },
      }).objects,
    ).toBe(110);
  });

  it('of a long text the first 1,024 letters count', () => {
    const text_bytes = (overall: number, bucket: number) =>
      read({ SEQ_ONE_BYTE_STRING_TYPE: { overall, count: 10, histogram: histogram({ [bucket]: 10 }) } })
        .text_bytes;
    expect(text_bytes(1800, 256)).toBe(1800);
    expect(text_bytes(60_000, 8192)).toBeLessThanOrEqual(10 * 1024);
  });

  it('the longest list is found among short ones, and its length told', () => {
    const { longest_slots } = read({
      ARRAY_ELEMENTS_TYPE: {
        overall: 100 * 48 + 80_000,
        count: 101,
        histogram: histogram({ 64: 100, 8192: 1 }),
      },
    });
    expect(longest_slots).toBeCloseTo(10_000, -3);
  });
});

it('counts in this process, and the same for all who ask at once', async () => {
  const kept = Array.from({ length: 20_000 }, (_, index) => ({ index }));
  const [one, two] = await Promise.all([countObjects(), countObjects()]);
  expect(one).toEqual(two);
  expect(one?.objects).toBeGreaterThan(kept.length);
  // Sizes are told in buckets only.
  expect(one?.longest_slots).toBeGreaterThan(0.7 * kept.length);
});

describe('the cost', () => {
  const constants = Object.values(measured)[0] as CostConstants;
  const some = { objects: 100_000, references: 0, text_bytes: 0, longest_slots: 1_000 };
  it('grows with objects, texts, references and the longest list', () => {
    const least = estimateCost(some, constants).bytes;
    for (const more of [
      { objects: 200_000 },
      { references: 100_000 },
      { text_bytes: 1e7 },
      { longest_slots: 100_000 },
    ]) {
      expect(estimateCost({ ...some, ...more }, constants).bytes).toBeGreaterThan(least + 4 * 2 ** 20);
    }
  });

  it('is known for this V8; for one that nobody measured the margin is wider, and it is said', () => {
    expect(constantsHere().basis).toMatch(/^costs measured on V8 \d+\.\d+$/);
    const other = constantsHere('99.9.1');
    expect(other.values.error_share).toBeGreaterThan(constantsHere().values.error_share);
    expect(other.basis).toMatch(/this is 99\.9.*calibrate/);
  });
});
