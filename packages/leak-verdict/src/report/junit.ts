import type { Verdict } from '../verdict/verdict.ts';

/** A verdict with what a report calls it. */
export interface NamedVerdict {
  readonly name: string;
  readonly verdict: Verdict;
  readonly seconds: number;
}

/** JUnit's XML: a leak is a failure, "not enough data" an error, all else passes; the sentence is the message. */
export function junitOf(suite: string, verdicts: readonly NamedVerdict[]): string {
  const of = (finding: string): number =>
    verdicts.filter(({ verdict }) => verdict.finding === finding).length;
  const counts = `tests="${verdicts.length}" failures="${of('leak')}" errors="${of('not enough data')}"`;
  const cases = verdicts.map(
    ({ name, verdict, seconds }) =>
      `    <testcase name="${escaped(name)}" classname="${escaped(suite)}" time="${seconds.toFixed(3)}">\n${outcome(verdict)}    </testcase>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n  <testsuite name="${escaped(suite)}" ${counts}>\n${cases.join('')}  </testsuite>\n</testsuites>\n`;
}

function outcome({ finding, sentence }: Verdict): string {
  const message = `message="${escaped(sentence)}"`;
  if (finding === 'leak') return `      <failure type="leak" ${message}/>\n`;
  if (finding === 'not enough data') return `      <error type="not enough data" ${message}/>\n`;
  return `      <system-out>${escaped(sentence)}</system-out>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
