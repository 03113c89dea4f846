import { expect, it } from 'vitest';
import { Blocklist as LeakyBlocklist } from '../src/features/blocklist.ts';
import type { Feature, FeatureOptions } from '../src/features/feature.ts';
import { Blocklist } from '../src/fixed/blocklist.ts';

/** A list needs neither the feed nor the upstream. */
const options = (entry_bytes: number) => ({ entry_bytes }) as FeatureOptions;

/** Loads a version, and returns what is said in the answer. */
function load(list: Feature, version: string) {
  const notes: Record<string, string | number | boolean> = {};
  void list.handle({
    id: 'x',
    method: 'POST',
    url: '/api/blocklist/reload',
    headers: {},
    receivedAt: 0,
    onAnswered: () => undefined,
    version,
    notes,
  });
  return notes;
}

it('a list of the usual size names 100,000 domains, a hundredth of them new with each version', () => {
  for (const list of [new Blocklist(options(4_800_000)), new LeakyBlocklist(options(4_800_000))]) {
    const { domains } = load(list, 'first');
    expect(domains).toBeGreaterThan(99_990);
    expect(domains).toBeLessThanOrEqual(100_000);
    expect(load(list, 'second')['added']).toBe(Math.ceil(Number(domains) / 100));
  }
});

it('the fixed one skips a reload of the version that it has; the other loads it again', () => {
  const fixed = new Blocklist(options(48_000));
  const first = load(fixed, 'same');
  expect(load(fixed, 'same')).toEqual(first);
  expect(load(fixed, 'another')).not.toEqual(first);
  expect(fixed.entries()).toBe(1);
  const leaky = new LeakyBlocklist(options(48_000));
  load(leaky, 'same');
  load(leaky, 'same');
  expect(leaky.entries()).toBe(2);
});
