import { describe, expect, it } from 'vitest';
import { grainOf } from './grain.ts';

const megabyte = 2 ** 20;
const points = (...megabytes: readonly number[]) => megabytes.map((y, x) => ({ x, y: y * megabyte }));

describe('growth that is none of the program’s', () => {
  it('is 8 MB beside the heap, where that grows evenly or not at all', () => {
    expect(grainOf('beside the heap', [])).toBe(8 * megabyte);
    expect(grainOf('beside the heap', points(40, 40, 40))).toBe(8 * megabyte);
    expect(grainOf('beside the heap', points(40, 60, 80, 100))).toBe(8 * megabyte);
  });

  it('is four times what its allocator took or gave back at once, and 64 MB at most', () => {
    expect(grainOf('beside the heap', points(40, 40, 52, 52, 52))).toBe(48 * megabyte);
    expect(grainOf('beside the heap', points(40, 40, 28, 28, 28))).toBe(48 * megabyte);
    expect(grainOf('beside the heap', points(40, 40, 70, 70, 70))).toBe(64 * megabyte);
  });

  it('is taken of the rests, where nothing was read under load', () => {
    const rests = [0, 0, 0, 0].map((x) => ({ x, y: 40 * megabyte }));
    expect(grainOf('beside the heap', rests)).toBe(8 * megabyte);
  });

  it('is fixed for memory that is exact after a collection', () => {
    expect(grainOf('held', points(40, 70))).toBe(192 * 1024);
  });
});
