import type { HealthyResult, LeakResult, Score, Spoke } from './score.ts';
import { enoughWarning_seconds, inTime } from './score.ts';

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** The score as lines of a table: each leak, each healthy service, the parts. */
export function scoreLines(score: Score): string[] {
  const names = [...score.leaks, ...score.healthy].map(({ name }) => name.length);
  const width = Math.max(...names);
  const row = (mark: string, name: string, words: string) => `  ${mark} ${name.padEnd(width)}  ${words}`;
  const { told, warning, false_alarms } = score.parts;
  return [
    `Leaks: told in time is before ${percent(inTime)} of the limit`,
    ...score.leaks.map((leak) => row(leak.in_time ? '✓' : '✗', leak.name, leakWords(leak))),
    '',
    'Healthy services: quiet is right',
    ...score.healthy.map((one) => row(one.false_alarm === null ? '✓' : '✗', one.name, healthyWords(one))),
    '',
    `  told in time    ${points(told.points)} of ${told.of}   ${told.leaks} of ${score.leaks.length} leaks`,
    `  warning         ${points(warning.points)} of ${warning.of}   ${warning.mean_seconds.toFixed(0)} s on average; ${enoughWarning_seconds} s of each leak is enough`,
    `  false alarms    ${points(false_alarms.points)}         ${false_alarms.count === 0 ? 'none' : false_alarms.count}`,
    `  score           ${points(score.points)} of 100`,
    ...(score.not_judged.length > 0
      ? ['', `Not judged, since silent before the end of every leak: ${score.not_judged.join(', ')}.`]
      : []),
  ];
}

const points = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1)).padStart(5);

function leakWords({ fired, warning_seconds, false_alarm }: LeakResult): string {
  if (false_alarm !== null) return `${said(false_alarm)}: a false alarm`;
  if (fired === null) return 'nothing fired before the limit';
  return `fired at ${percent(fired.use).padStart(5)} of the limit, ${String(Math.round(warning_seconds)).padStart(3)} s before it   ${fired.alert}`;
}

const healthyWords = ({ false_alarm }: HealthyResult) =>
  false_alarm === null ? 'quiet' : `${said(false_alarm)}: a false alarm`;

function said({ alert, seconds, use }: Spoke): string {
  const when = seconds < 0 ? 'before any load' : `${Math.round(seconds)} s after the load began`;
  return `${alert} fired ${when}, at ${percent(use)} of the limit`;
}
