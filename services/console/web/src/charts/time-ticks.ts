const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Steps between ticks of a time axis, in milliseconds. */
export const timeSteps_ms: number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12, 24].map((n) => n * hour),
];

const withSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const withoutSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The ticks' words: seconds only where ticks are closer than a minute. */
export function timeLabels(times_ms: readonly number[], step_ms: number): string[] {
  const format = step_ms < minute ? withSeconds : withoutSeconds;
  return times_ms.map((time) => format.format(time));
}
