import { expect, it } from 'vitest';
import { harmless } from '../proof/subject.ts';
import { tallies, tallyLines } from '../proof/tally.ts';
import { tryVerdict, type VerdictTrial } from '../proof/verdict-trial.ts';
import { proof, writeFigures } from './figures.ts';
import { Trials } from './trials.ts';

const runs = 100;
/** Others than those of the verdicts. */
const firstSeed = 1_000;

it('a hundred runs of controls and of the service with nothing on: no false alarm', async () => {
  const trials = new Trials<VerdictTrial>('proof-alarms', runs);
  while (trials.goesOn) {
    const number = trials.done.length;
    const subject = harmless[number % harmless.length];
    if (subject) trials.add(await tryVerdict(subject, firstSeed + number));
  }
  const all = tallies(trials.complete());
  writeFigures('proof-alarms', 'False alarms', tallyLines(all), proof);
  expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
});
