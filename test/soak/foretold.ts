import { median } from '@leak-lab/leak-verdict';
import { expect } from 'vitest';
import { catalogue } from '../../services/leaky-service/src/leaks/catalogue.ts';
import { errorOf, type LimitTrial, tryLimit } from '../proof/limit-trial.ts';
import { subjects } from '../proof/subject.ts';
import { quickPreset } from '../support/leaks.ts';
import { proof, writeFigures } from './figures.ts';
import { Trials } from './trials.ts';

const leaking = subjects.filter(({ kind }) => kind === 'leak');
const mostMedian = 0.15;
const most = 0.3;

/** Drives each leak at a share of its usual rate to the limit; expects that at 30 % of the way the rest of it is foretold. */
export async function proveForetold(part: string, share: number): Promise<void> {
  const trials = new Trials<LimitTrial>(part, leaking.length);
  while (trials.goesOn) {
    const subject = leaking[trials.done.length];
    const leak = catalogue.find(({ id }) => id === subject?.id);
    if (subject && leak) trials.add(await tryLimit(subject, quickPreset(leak), share));
  }
  const done = trials.complete();
  const errors = done.map((trial) => Math.abs(errorOf(trial)));
  writeFigures(
    part,
    `Driven to the limit at ${share === 1 ? 'the usual rate' : `${percent(share)} of the usual rate`}, and what was foretold at 30 % of the way`,
    [
      '| leak | requests a second | over after | ended by | foretold | left | wrong by |',
      '|---|---|---|---|---|---|---|',
      ...done.map(row),
      '',
      `Wrong by ${percent(median(errors))} in the median, by ${percent(Math.max(...errors))} at most.`,
    ],
    proof,
  );
  expect(median(errors)).toBeLessThanOrEqual(mostMedian);
  expect(Math.max(...errors)).toBeLessThanOrEqual(most);
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function row(trial: LimitTrial): string {
  const { subject, rate_per_second, lived_seconds, ended_by, foretold_seconds, left_seconds } = trial;
  const foretold = foretold_seconds === null ? 'nothing' : `${foretold_seconds.toFixed(0)} s`;
  return `| ${subject} | ${rate_per_second} | ${lived_seconds.toFixed(0)} s | ${ended_by} | ${foretold} | ${left_seconds.toFixed(0)} s | ${percent(errorOf(trial))} |`;
}
