import { type Finding, type Verdict, verdictOf } from '../index.ts';
import { classes } from './classes.ts';
import type { Drawn } from './drawn.ts';
import { seeded } from './seeded.ts';

/** How the verdicts on many servers of one class came out. */
export interface Tally {
  readonly drawn: number;
  /** A finding that is not right; "not enough data" where that is not right is undecided instead. */
  readonly wrong: readonly { readonly seed: number; readonly finding: Finding }[];
  readonly undecided: number;
  /** By another unit than the one that is named, or that is named beside it. */
  readonly otherUnit: number;
  /** Off by more than 15 %. */
  readonly inexact: number;
  /** How many intervals held what is truly kept. */
  readonly covered: number;
  readonly estimates: number;
}

const exact = 0.15;

/** Judges `count` servers of a class, drawn by seeds from `first` on. Throws for a class that there is not. */
export function tally(name: string, count: number, first = 1): Tally {
  const draw = classes[name];
  if (draw === undefined) throw new Error(`Expected one of ${Object.keys(classes).join(', ')}; got ${name}.`);
  const wrong: { seed: number; finding: Finding }[] = [];
  let [undecided, inexact, covered, estimates, otherUnit] = [0, 0, 0, 0, 0];
  for (let seed = first; seed < first + count; seed += 1) {
    const drawn = draw(seeded(seed));
    const verdict = verdictOf(drawn.samples);
    const isRight = drawn.right.includes(verdict.finding);
    if (!isRight && verdict.finding === 'not enough data') undecided += 1;
    else if (!isRight) wrong.push({ seed, finding: verdict.finding });
    if (verdict.finding === 'leak' && !namesUnit(drawn, verdict)) otherUnit += 1;
    const estimate = verdict.finding === 'leak' ? estimateOf(drawn, verdict) : null;
    if (estimate === null) continue;
    estimates += 1;
    if (!estimate.exact) inexact += 1;
    if (estimate.covered) covered += 1;
  }
  return { drawn: count, wrong, undecided, inexact, covered, estimates, otherUnit };
}

const namesUnit = ({ unit = 'request' }: Drawn, verdict: Verdict): boolean =>
  verdict.unit === unit || verdict.alike.includes(unit);

function estimateOf(
  { kept_bytes, unit = 'request' }: Drawn,
  { bytes_per_unit, unit: found }: Verdict,
): { exact: boolean; covered: boolean } | null {
  if (kept_bytes === null || bytes_per_unit === null || found !== unit) return null;
  const { low, value, high } = bytes_per_unit;
  return {
    exact: Math.abs(value / kept_bytes - 1) <= exact,
    covered: low <= kept_bytes && kept_bytes <= high,
  };
}
