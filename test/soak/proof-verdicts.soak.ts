import { expect, it } from 'vitest';
import { subjects } from '../proof/subject.ts';
import { tallies, tallyLines } from '../proof/tally.ts';
import { tryVerdict, type VerdictTrial } from '../proof/verdict-trial.ts';
import { proof, writeFigures } from './figures.ts';
import { Trials } from './trials.ts';

const runs = 5;

it('each leak, twin and control and the service with nothing on, five times at drawn sizes and loads: never wrong', async () => {
  const trials = new Trials<VerdictTrial>('proof-verdicts', runs * subjects.length);
  while (trials.goesOn) {
    const number = trials.done.length;
    const subject = subjects[number % subjects.length];
    if (subject) trials.add(await tryVerdict(subject, 1 + Math.floor(number / subjects.length)));
  }
  const done = trials.complete();
  const all = tallies(done);
  const undecided = done.filter(({ finding }) => finding === 'not enough data').length;
  writeFigures(
    'proof-verdicts',
    'Verdicts of the procedure of `./lab stress`, in 256 MB',
    [
      ...tallyLines(all),
      '',
      `${done.length} runs: ${all.reduce((sum, { wrong }) => sum + wrong.length, 0)} wrong, ${undecided} not enough data (${((100 * undecided) / done.length).toFixed(1)} %).`,
    ],
    proof,
  );
  expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(undecided / done.length).toBeLessThanOrEqual(0.05);
  for (const { subject, ratios } of all) {
    if (ratios === undefined) continue;
    expect(ratios.least, subject).toBeGreaterThan(0.85);
    expect(ratios.most, subject).toBeLessThan(1.15);
  }
});
