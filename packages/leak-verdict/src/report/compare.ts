import type { Verdict } from '../verdict/verdict.ts';
import { bytesOf } from './quantities.ts';

type Compared = Pick<Verdict, 'finding' | 'bytes_per_request'>;

export interface Comparison {
  /** How much less each request keeps, of what it kept; negative where it keeps more. `null` where one is not known. */
  readonly improvement_percent: number | null;
  /** Whether the intervals lie apart, so that it is no scatter. */
  readonly isSure: boolean;
  readonly sentence: string;
}

/** Holds the verdict after a fix against the one before it, by what a request keeps. */
export function compareVerdicts(before: Compared, after: Compared): Comparison {
  const [then, now] = [before.bytes_per_request, after.bytes_per_request];
  if (then === null || now === null || then.value <= 0) {
    const sentence = `Before: ${before.finding}; after: ${after.finding}. How much better it is cannot be said.`;
    return { improvement_percent: null, isSure: false, sentence };
  }
  const improvement_percent = 100 * (1 - Math.max(0, now.value) / then.value);
  const isSure = now.high < then.low || now.low > then.high;
  const way = improvement_percent >= 0 ? 'less' : 'more';
  const rates = `Each request kept ${bytesOf(then.value)} before and ${bytesOf(Math.max(0, now.value))} after`;
  const words = `${rates}, ${Math.abs(improvement_percent).toFixed(1)} % ${way}`;
  const sentence = `${words}${isSure ? '' : ', which may be scatter'}. Before: ${before.finding}; after: ${after.finding}.`;
  return { improvement_percent, isSure, sentence };
}
