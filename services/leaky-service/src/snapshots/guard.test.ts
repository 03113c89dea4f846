import { expect, it } from 'vitest';
import { Blindness } from '../incidents/blindness.ts';
import { SnapshotGuard } from './guard.ts';
import { countObjects } from './object-counts.ts';

/** Always as full, so that no garbage is seen to go. */
const roomy = {
  limit_bytes: 2 ** 30,
  usage_bytes: 2 ** 27,
  inactive_file_bytes: 0,
  working_set_bytes: 2 ** 27,
  enforced_by: 'kernel',
} as const;

it('what a leak adds between counting and judging is in the estimate', async () => {
  const kept: object[][] = [];
  let meanwhile = 0;
  const guard = new SnapshotGuard({
    readContainer: () => roomy,
    blind: new Blindness(false),
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

it('room is left for garbage that gathers again, up to 16 MB less what the snapshot gives back', async () => {
  const uses = [200, 100, 100, 100].map((mb) => mb * 2 ** 20);
  const guard = new SnapshotGuard({
    readContainer: () => ({ ...roomy, working_set_bytes: uses.shift() ?? 0 }),
    blind: new Blindness(false),
  });
  const withGarbage = await guard.judge('file');
  const without = await guard.judge('file');
  const more_mb = (withGarbage.estimated_cost_bytes - without.estimated_cost_bytes) / 2 ** 20;
  expect(more_mb).toBeGreaterThan(2);
  expect(more_mb).toBeLessThan(12);
});
