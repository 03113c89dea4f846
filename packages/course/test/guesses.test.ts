import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { judge, type Lab, partsOf, type Question } from '../src/index.ts';
import { recordedLabs, recordedPartsOf, recordedRun } from './recorded-evidence.ts';

const tries = 5_000;
/** Of all tries: whoever guesses has looked at nothing. */
const most = tries / 50;

/** The same numbers in each run: a test that fails by chance says nothing. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** The questions of a part that was kept of a lab, with what was recorded then and the answers that were right there. */
async function questionsOf(id: string, part: number) {
  const [file = ''] = globSync(`labs/${id}-*/lab.ts`, { cwd: join(import.meta.dirname, '../../..') });
  const { lab } = (await import(pathToFileURL(join(import.meta.dirname, '../../..', file)).href)) as {
    lab: Lab;
  };
  const run = recordedRun(id, part);
  return (partsOf(lab)[part]?.items ?? [])
    .filter((item): item is Question => item.kind === 'question')
    .map((question) => ({ question, ...run }));
}

const kept = recordedLabs().flatMap((id) => recordedPartsOf(id).map((part) => ({ id, part })));

describe.each(kept)('lab $id, part $part (from 0 on), over what a run recorded', ({ id, part }) => {
  it('takes the answers that were right in that run', async () => {
    const judged = (await questionsOf(id, part)).map(({ question, evidence, answers }) => ({
      key: question.key,
      ...judge(question, answers[question.key] ?? '', evidence),
    }));
    expect(judged.filter(({ verdict }) => verdict !== 'right')).toEqual([]);
  });

  it('is passed by guessing all its answers in fewer than one of fifty tries', async () => {
    // What is measured is the same for every try.
    const known = (await questionsOf(id, part)).map(({ question, evidence }) => {
      const truth = question.truth(evidence);
      expect(truth.kind, question.key).not.toBe('unknown');
      return { question: { ...question, truth: () => truth }, evidence };
    });
    // What asks nothing is brought about, not guessed.
    if (known.length === 0) return;
    const random = numbersFrom(7);
    let passed = 0;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const right = known.every(
        ({ question, evidence }) =>
          judge(question, question.form.guess(random), evidence).verdict === 'right',
      );
      if (right) passed += 1;
    }
    expect(passed).toBeLessThan(most);
  });
});
