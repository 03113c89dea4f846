import { describe, expect, it } from 'vitest';
import {
  compareVerdicts,
  exitCodeOf,
  junitOf,
  quickTest,
  resultLines,
  thresholdLine,
  type Verdict,
  verdictOf,
} from '../index.ts';
import { even, nothing, type Shape } from '../testing/growth-shapes.ts';
import { seeded } from '../testing/seeded.ts';
import { procedure } from '../testing/synthetic-procedure.ts';

const verdictOn = (shape: Shape): Verdict =>
  verdictOf(procedure(seeded(2), { shape, requests: 2_500, rate: 250, noise_bytes: 5_000 }));
const [leak, stable, nothingKnown] = [verdictOn(even(2_048)), verdictOn(nothing), verdictOf([])];

it('ends with 1 of a leak, 0 of none, 2 where nothing can be said', () => {
  expect([leak, stable, nothingKnown].map(exitCodeOf)).toEqual([1, 0, 2]);
});

describe('the threshold’s line', () => {
  it.each([
    [5_000_000, 5_000, 'LEAK DETECTED: 1,000 bytes per request'],
    [100_000, 5_000, 'stable: 20 bytes per request'],
    [-100_000, 5_000, 'stable: -20 bytes per request'],
  ])('%i bytes in %i requests: %s', (grown, requests, words) => {
    expect(thresholdLine(grown, requests).words).toBe(words);
  });

  it('wants a request', () => {
    expect(() => thresholdLine(1, 0)).toThrow('Expected at least one request, got 0. Send some first.');
  });
});

describe('the quick test', () => {
  const after = (first: number, tenMore: number) =>
    quickTest({ before_bytes: 1e6, afterOne_bytes: 1e6 + first, afterTenMore_bytes: 1e6 + first + tenMore })
      .finding;

  it.each([
    [16_384, 163_840, 'grows with each request'],
    [16_384, 0, 'does not grow'],
    [900_000, 20_000, 'does not grow'],
    [1_500, 8_000, 'does not grow'],
    [-100_000, 8_000, 'does not grow'],
    [1_500, 15_000, 'grows with each request'],
    [0, 0, 'does not grow'],
    [-5_000, 80_000, 'cannot be told'],
    [900_000, 300_000, 'cannot be told'],
  ])('%i bytes, then %i: %s', (first, tenMore, finding) => expect(after(first, tenMore)).toBe(finding));
});

it('prints results, the threshold last', () => {
  const run = { requests: 5_000, failed: 3, seconds: 20, initial_bytes: 20_971_520, final_bytes: 31_211_520 };
  expect(resultLines(run)).toEqual([
    'Total requests:      5,000, 3 failed',
    'Duration:            20 s',
    'Throughput:          250 requests a second',
    'Initial memory:      20 MB',
    'Final memory:        29.8 MB',
    'Increase:            9.77 MB',
    'Average per request: 2 KB',
    'Threshold:           LEAK DETECTED: 2,048 bytes per request',
  ]);
});

it('writes JUnit: failures, errors and what passed, with signs that XML keeps for itself', () => {
  const xml = junitOf('lab', [
    { name: 'cache <leaky> & "co"', verdict: leak, seconds: 61.5 },
    { name: 'nothing', verdict: nothingKnown, seconds: 0 },
    { name: 'fixed', verdict: stable, seconds: 60 },
  ]);
  expect(xml).toContain('<testsuites tests="3" failures="1" errors="1">');
  expect(xml).toContain('name="cache &lt;leaky&gt; &amp; &quot;co&quot;" classname="lab" time="61.500"');
  expect(xml.match(/<failure type="leak" message="A leak: /g)).toHaveLength(1);
  expect(xml.match(/<error type="not enough data"/g)).toHaveLength(1);
});

describe('before and after a fix', () => {
  it('says how much better it is', () => {
    const { improvement_percent, isSure, sentence } = compareVerdicts(leak, stable);
    expect(improvement_percent).toBeGreaterThan(98);
    expect(isSure).toBe(true);
    expect(sentence).toMatch(/^Each request kept 2 KB before and .* % less\. Before: leak; after: stable\.$/);
  });

  it('says that it got worse', () => {
    expect(compareVerdicts(leak, verdictOn(even(4_096))).improvement_percent).toBeCloseTo(-100, -1);
  });

  it('says nothing where one is not known', () => {
    expect(compareVerdicts(leak, nothingKnown)).toMatchObject({ improvement_percent: null, isSure: false });
  });
});
