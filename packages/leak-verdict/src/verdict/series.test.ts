import { describe, expect, it } from 'vitest';
import { classes } from '../testing/classes.ts';
import { seeded } from '../testing/seeded.ts';
import { type Tally, tally } from '../testing/tally.ts';

const drawn = 50;

describe.each(Object.entries(classes))('%s', (name, draw) => {
  let tallied: Tally | undefined;
  const once = (): Tally => {
    tallied ??= tally(name, drawn);
    return tallied;
  };

  it('is never taken for something else', () => expect(once().wrong).toEqual([]));

  it('is told in 95 of 100', () => expect(once().undecided / drawn).toBeLessThanOrEqual(0.05));

  it.runIf(draw(seeded(1)).kept_bytes !== null)(
    'is measured within 15 %, in an interval that holds it',
    () => {
      const { inexact, covered, estimates, otherUnit } = once();
      expect(inexact).toBe(0);
      expect(covered / estimates).toBeGreaterThan(0.85);
      expect(otherUnit).toBe(0);
    },
  );
});
