import type { Reading } from './answers/form.ts';
import type { Evidence } from './evidence.ts';
import type { Question, Truth } from './lab.ts';

export type Judged =
  | { readonly verdict: 'right' | 'wrong' | 'waiting'; readonly saw: string }
  /** Not an answer to this question: nothing is changed by it. */
  | { readonly verdict: 'refused'; readonly expected: string };

/** Below it a figure is none. */
const least = 1e-3;

/** Holds an answer against what the lab measured in this run. What was measured is not told. */
export function judge(question: Question, text: string, evidence: Evidence): Judged {
  const reading = question.form.read(text);
  if (reading.kind === 'refused') return { verdict: 'refused', expected: reading.expected };
  const truth = question.truth(evidence);
  if (truth.kind === 'unknown') {
    return { verdict: 'waiting', saw: `the lab cannot tell yet: ${truth.waits_for}` };
  }
  const right = isRight(question, reading, truth);
  return { verdict: right ? 'right' : 'wrong', saw: right ? 'right' : wrongWords(reading, truth) };
}

function isRight(question: Question, reading: Reading, truth: Truth): boolean {
  if (truth.kind === 'number' && reading.kind === 'numbers') {
    return reading.values.some((given) =>
      truth.values.some(
        (value) => Math.abs(given - value) <= Math.max(truth.tolerance * Math.abs(value), truth.noise ?? 0),
      ),
    );
  }
  if (truth.kind === 'words' && reading.kind === 'words') {
    const { same } = question.form;
    return truth.accepted.some((accepted) => same(accepted) === same(reading.words));
  }
  throw new Error(`Question ${question.key} is answered by ${reading.kind} and known by ${truth.kind}.`);
}

/** Off by a unit is another mistake than off by half; more than that would give it away. */
function wrongWords(reading: Reading, truth: Truth): string {
  if (reading.kind !== 'numbers' || truth.kind !== 'number' || truth.tolerance === 0) return 'that is not it';
  const orders = reading.values.flatMap((given) =>
    truth.values.map((value) => Math.abs(Math.log10(Math.max(given, least) / Math.max(value, least)))),
  );
  const nearest = Math.min(...orders);
  if (nearest >= 2) return 'not even the order of magnitude: is the unit right?';
  if (nearest >= 0.7) return 'off by several times: what was divided by what?';
  if (nearest >= 0.2)
    return 'off by half or more: both readings in one life of the service, and of memory after a collection?';
  return 'near, and not near enough: measure over a longer stretch';
}
