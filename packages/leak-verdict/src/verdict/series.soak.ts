import { describe, expect, it } from 'vitest';
import { classes } from '../testing/classes.ts';
import { tally } from '../testing/tally.ts';

/** Other seeds than the unit test's. */
const first = 1_000_000;
const drawn = 3_000;

describe.each(Object.keys(classes))('%s', (name) => {
  it(`is judged rightly ${drawn} times`, () => {
    const { wrong, undecided, inexact, covered, estimates, otherUnit } = tally(name, drawn, first);
    const share = (part: number, whole: number): string =>
      `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
    process.stdout.write(
      `${name}: wrong ${wrong.length}, undecided ${share(undecided, drawn)}, of ${estimates} estimates off ${share(inexact, estimates)}, covered ${share(covered, estimates)}, other unit ${otherUnit}\n`,
    );
    expect(wrong).toEqual([]);
    expect(undecided / drawn).toBeLessThanOrEqual(0.05);
    expect(inexact / Math.max(1, estimates)).toBeLessThan(0.01);
  });
});
