import { expect, it } from 'vitest';
import { baselineOf, growthBetween } from './growth.ts';
import { objectsPerSample, sampleCounter } from './sample-count.ts';
import type { Sample, SampledStack } from './v8-profile.ts';

const interval_bytes = 262_144;
const project = { folder: 'file:///app/src/', measuring: ['profile/'], makers: ['orders/'] };

const frame = (file: string, line = 1, name = 'work') => ({
  name,
  url: `file:///app/src/${file}`,
  line,
  column: 1,
});
const small = (ordinal: number): Sample => ({ ordinal, size_bytes: interval_bytes, count: 655 });
const stack = (file: string, samples: readonly Sample[]): SampledStack => ({
  frames: [frame(file)],
  samples,
});
const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => small(from + index));

const grown = (before: readonly SampledStack[], after: readonly SampledStack[]) =>
  growthBetween(baselineOf(before, project), baselineOf(after, project));

it('puts growth that many samples agree on before a larger one that hangs on few', () => {
  const lump: Sample = { ordinal: 90, size_bytes: 5 * interval_bytes, count: 40 };
  const { growing } = grown([], [stack('steady.ts', numbers(1, 4)), stack('chance.ts', [lump])]);
  expect(growing.map(({ file }) => file)).toEqual(['steady.ts', 'chance.ts']);
  expect(growing[1]?.at_least_bytes).toBeLessThan(interval_bytes / 10);
});

it('is certain of what V8 always meets: one object far above the interval', () => {
  const large: Sample = { ordinal: 1, size_bytes: 2_000_000, count: 1 };
  expect(grown([], [stack('large.ts', [large])]).growing[0]?.at_least_bytes).toBe(2_000_000);
});

it('sees no change where the same samples are alive, and shrinking where they are gone', () => {
  const before = [stack('stays.ts', numbers(1, 50)), stack('goes.ts', numbers(100, 10))];
  const { growing, shrunk, total_bytes } = grown(before, [stack('stays.ts', numbers(1, 50))]);
  expect(growing).toEqual([]);
  expect(shrunk).toMatchObject([
    { file: 'goes.ts', size_diff_bytes: -10 * interval_bytes, samples_gone: 10 },
  ]);
  expect(total_bytes).toBe(-10 * interval_bytes);
});

it('lays values at the door of who asked for them, and what is outside at its package', () => {
  const library = { name: 'send', url: 'file:///app/node_modules/@scope/pack/lib/a.js', line: 3, column: 1 };
  const node = { name: 'emit', url: 'node:events', line: 3, column: 1 };
  const placeOf = (frames: SampledStack['frames']) =>
    grown([], [{ frames, samples: [small(1)] }]).growing[0]?.location;
  expect(placeOf([frame('orders/order.ts'), frame('features/a.ts', 41, 'keep'), frame('app.ts')])).toBe(
    'features/a.ts:41 keep',
  );
  expect(placeOf([frame('orders/order.ts', 5, 'make'), node])).toBe('orders/order.ts:5 make');
  expect(placeOf([node, library])).toBe('(outside) @scope/pack');
  expect(placeOf([node])).toBe('(outside) node');
  expect(placeOf([frame('profile/sampler.ts'), frame('admin/a.ts')])).toBe('(outside) the profiler');
});

it('estimates how many objects a sample stands for, and is exact where there is only one answer', () => {
  const countOf = sampleCounter(interval_bytes);
  for (const size_bytes of [16, 64, 200, 512, 1_024, 10_240]) {
    const count = objectsPerSample(size_bytes, interval_bytes);
    expect(countOf(size_bytes * count) / count).toBeGreaterThan(0.2);
    expect(countOf(size_bytes * count) / count).toBeLessThan(5);
  }
  expect(countOf(1_000_000)).toBe(1);
});
