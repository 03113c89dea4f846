import { amountOf, bytesOf, durationOf, numberOf } from './quantities.ts';
import { thresholdLine } from './threshold-line.ts';

/** A run of load, from the first reading to the last. */
export interface Run {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly initial_bytes: number;
  readonly final_bytes: number;
}

/** The results of a run as lines of `name: value`, names padded; the threshold's line last, to stand beside a verdict. */
export function resultLines(run: Run, threshold_bytes = 100): string[] {
  const { requests, failed, seconds, initial_bytes, final_bytes } = run;
  const increase = final_bytes - initial_bytes;
  const rows: readonly (readonly [string, string])[] = [
    ['Total requests', `${numberOf(requests)}${failed > 0 ? `, ${numberOf(failed)} failed` : ''}`],
    ['Duration', durationOf(seconds)],
    ['Throughput', seconds > 0 ? `${amountOf(requests / seconds, 'request')} a second` : 'not measured'],
    ['Initial memory', bytesOf(initial_bytes)],
    ['Final memory', bytesOf(final_bytes)],
    ['Increase', bytesOf(increase)],
    ['Average per request', requests > 0 ? bytesOf(increase / requests) : 'no request came'],
    [
      'Threshold',
      requests > 0 ? thresholdLine(increase, requests, threshold_bytes).words : 'no request came',
    ],
  ];
  return inColumns(rows);
}

/** Lines of `name: value`, names padded to the longest. */
export function inColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 1;
  return rows.map(([name, value]) => `${`${name}:`.padEnd(width)} ${value}`);
}
