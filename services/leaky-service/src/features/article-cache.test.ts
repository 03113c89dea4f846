import { expect, it } from 'vitest';
import { ArticleCache } from './article-cache.ts';
import type { FeatureOptions, RequestContext } from './feature.ts';

const page_bytes = 1_024;
const articles = 1_900;

/** Entries after each of so many equal loads, of ids that are spread as those of real requests. */
function fill(loads: number, requestsOfALoad: number): number[] {
  const cache = new ArticleCache({ entry_bytes: page_bytes } as FeatureOptions);
  return Array.from({ length: loads }, (_, load) => {
    for (let index = 0; index < requestsOfALoad; index++)
      cache.handle({ id: `${load}-${Math.sin(index)}-${index}` } as RequestContext);
    expect(cache.bytes()).toBe(cache.entries() * page_bytes);
    return cache.entries();
  });
}

it('fills for minutes at 200 requests a second, and is then full', () => {
  const minutes = fill(10, 12_000);
  expect(minutes[0]).toBeGreaterThan(0.7 * articles);
  expect(minutes[0]).toBeLessThan(0.9 * articles);
  expect(minutes[1]).toBeGreaterThan(0.9 * articles);
  expect(minutes[1]).toBeLessThan(0.98 * articles);
  expect(minutes.at(-1)).toBeGreaterThan(0.998 * articles);
  expect(minutes.at(-1)).toBeLessThanOrEqual(articles);
});

it.each([250, 1_000, 5_000])('takes ever less with further loads of %i requests', (requests) => {
  const entries = fill(4, requests);
  const taken = entries.map((now, load) => now - (entries[load - 1] ?? 0));
  expect(taken).toEqual(taken.toSorted((a, b) => b - a));
  expect(taken.at(-1)).toBeLessThan(0.6 * (taken[0] ?? 0));
});
