import { expect, it } from 'vitest';
import { countObjects } from './object-counts.ts';

it('counts in this process, and the same for all who ask at once', async () => {
  const kept = Array.from({ length: 20_000 }, (_, index) => ({ index }));
  const [one, two] = await Promise.all([countObjects(), countObjects()]);
  expect(one).toEqual(two);
  expect(one?.objects).toBeGreaterThan(kept.length);
  // Sizes are told in buckets only.
  expect(one?.longest_slots).toBeGreaterThan(0.7 * kept.length);
});
