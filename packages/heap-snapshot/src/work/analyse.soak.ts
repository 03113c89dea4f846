import { describe, expect, it } from 'vitest';
import { digestOf, listOf, wrongGraphs } from '../testing/retained-sizes.ts';

describe.each([
  ['in a room of their own', true],
  ['in arrays', false],
])('retained sizes %s', (_, inRoom) => {
  it('equal those found by taking each node away, on ten thousand random graphs', () => {
    // Other ones than the unit test's.
    expect([...wrongGraphs(20270101, 10_000, inRoom)]).toEqual([]);
  });

  it('takes a list of a million links', () => {
    const links = 1_000_000;
    expect(digestOf(listOf(links), { inRoom }).retainedSizes?.[0]).toBe(8 * (links - 1));
  });
});
