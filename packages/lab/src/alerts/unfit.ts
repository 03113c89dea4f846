import type { Problem } from '@leak-lab/alert-exercise';
import { LabError } from '../lab-error.ts';

const most = 8;

/** The error that says what has to be mended before rules can be scored, by file and line. */
export function unfit(problems: readonly Problem[]): LabError {
  const shown = problems
    .slice(0, most)
    .map(({ path, line, what }) => `${path}${line === undefined ? '' : `:${line}`}: ${what}`);
  const more = problems.length > most ? [`and ${problems.length - most} more`] : [];
  return new LabError({
    problem: [...shown, ...more].join('\n'),
    expected: 'rules as Prometheus takes them, over the metrics that were recorded',
    advice: [...new Set(problems.slice(0, most).map(({ advice }) => advice))].join('\n'),
    exit_code: 2,
  });
}
