import { expect, it } from 'vitest';
import { SnapshotGuard } from './guard.ts';
import { countObjects } from './object-counts.ts';

it('what a leak adds between counting and judging is in the estimate', async () => {
  const kept: object[][] = [];
  let meanwhile = 0;
  const guard = new SnapshotGuard({
    readContainer: () => null,
    blind: false,
    async count() {
      const counts = await countObjects();
      while (kept.length < meanwhile) kept.push(Array.from({ length: 1000 }, (_, index) => ({ index })));
      return counts;
    },
  });
  const before = await guard.judge('file');
  meanwhile = 100;
  const during = await guard.judge('file');
  const after = await guard.judge('file');

  expect(kept).toHaveLength(100);
  expect(after.estimated_cost_bytes - before.estimated_cost_bytes).toBeGreaterThan(20_000_000);
  // Nobody has counted what came: its bytes are taken for small objects.
  expect(during.estimated_cost_bytes - before.estimated_cost_bytes).toBeGreaterThan(
    after.estimated_cost_bytes - before.estimated_cost_bytes,
  );
});
