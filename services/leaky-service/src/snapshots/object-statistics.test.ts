import { describe, expect, it } from 'vitest';
import { type ObjectStatistics, readObjectStatistics } from './object-statistics.ts';

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

  it('a context of functions is counted once, though V8 does so twice', () => {
    const FUNCTION_CONTEXT_TYPE = { overall: 8000, count: 200, histogram: histogram({ 64: 200 }) };
    expect(read({ FUNCTION_CONTEXT_TYPE }).objects).toBe(100);
  });

  it('places in arrays count twice where there are more of them than objects would take', () => {
    const edges = (places: number) =>
      read({ FIXED_ARRAY_TYPE: { overall: places * 8, count: 100, histogram: histogram({ 8192: 100 }) } })
        .edges;
    expect(edges(500)).toBe(0);
    expect(edges(100_500) - edges(500)).toBeCloseTo(260_000, -4);
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
