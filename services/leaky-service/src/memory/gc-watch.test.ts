import { setImmediate as turn } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { collectNow } from './gc.ts';
import { GcWatch } from './gc-watch.ts';
import { MajorCollections } from './major-collections.ts';

const MB = 2 ** 20;

/** More than 2 MB, and too little for V8 to begin a major collection of its own. */
const objects = () => Array.from({ length: 40_000 }, (_, index) => ({ index, of: [index, index] }));
const used_bytes = () => getHeapStatistics().used_heap_size;

let watch: GcWatch;
beforeEach(() => {
  watch = new GcWatch();
});
afterEach(() => watch.stop());

it('what a major collection left is what was alive when it ended, not what came until somebody was told', async () => {
  collectNow();
  const alive_bytes = used_bytes();
  const later = objects();
  expect(used_bytes()).toBeGreaterThan(alive_bytes + 2 * MB);
  await turn();
  await turn();
  expect(watch.totals.major.count).toBe(1);
  expect(Math.abs((watch.afterMajor?.heap_used_bytes ?? 0) - alive_bytes)).toBeLessThan(0.5 * MB);
  expect(later).toHaveLength(40_000);
});

it('notes the last of several major collections', async () => {
  collectNow();
  const kept = objects();
  collectNow();
  const alive_bytes = used_bytes();
  await turn();
  await turn();
  expect(watch.totals.major.count).toBe(2);
  expect(Math.abs((watch.afterMajor?.heap_used_bytes ?? 0) - alive_bytes)).toBeLessThan(0.5 * MB);
  expect(kept).toHaveLength(40_000);
});

it('reads what V8 has noted now and then, though only minor collections are told of', () => {
  const majors = new MajorCollections();
  collectNow();
  expect(majors.told(63, false)).toBeUndefined();
  expect(majors.told(1, false)).toBeGreaterThan(MB);
  expect(majors.told(1, true)).toBeUndefined();
  majors.stop();
});
