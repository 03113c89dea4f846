import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sample, verdictOf } from '../index.ts';
import { classes } from '../testing/classes.ts';
import { seeded } from '../testing/seeded.ts';

const number = fc.oneof(fc.double(), fc.nat(), fc.constant(null), fc.constant(undefined));
const sample = fc.record({
  time_seconds: fc.oneof(fc.double(), fc.nat(1_000)),
  process: fc.oneof(fc.constant('one'), fc.constant('two'), fc.constant(null)),
  phase: fc.constantFrom('warm-up', 'baseline', 'load', 'after', 'idle', null, undefined),
  requests_total: number,
  events_total: number,
  collected: fc.boolean(),
  heap_bytes: number,
  external_bytes: number,
  heap_after_gc_bytes: number,
  full_gc_total: number,
  resident_bytes: number,
  heap_committed_bytes: number,
  open_sockets: number,
  remote_bytes: number,
  limit_bytes: number,
});
const names = Object.keys(classes);
const drawn = fc
  .tuple(fc.constantFrom(...names), fc.nat(10_000))
  .map(([name, seed]) => classes[name]?.(seeded(seed)).samples ?? []);

describe('whatever the samples', () => {
  it('there is a verdict, with words, and no leak without growth', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), (samples) => {
        const verdict = verdictOf(samples as Sample[]);
        expect(verdict.sentence).not.toMatch(/NaN|undefined|Infinity|null/);
        expect(verdict.confidence).toBeGreaterThanOrEqual(0);
        expect(verdict.confidence).toBeLessThan(1);
        if (verdict.finding === 'leak') expect(verdict.unit).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('their order does not matter', () => {
    fc.assert(
      fc.property(drawn, (samples) => {
        expect(verdictOf(samples.toReversed()).sentence).toBe(verdictOf(samples).sentence);
      }),
      { numRuns: 20 },
    );
  });

  it('when they were taken does not matter', () => {
    fc.assert(
      fc.property(drawn, fc.nat(2_000_000_000), (samples, later) => {
        const moved = samples.map((one) => ({ ...one, time_seconds: one.time_seconds + later }));
        expect(verdictOf(moved).finding).toBe(verdictOf(samples).finding);
      }),
      { numRuns: 20 },
    );
  });
});
