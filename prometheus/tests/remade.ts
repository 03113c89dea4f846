import { type Recording, seriesOf, type Values } from '@leak-lab/alert-exercise';

/** The same recording with other values: `change` is given those of each series, and its selector. */
export const remade = (recording: Recording, change: (values: Values, key: string) => Values): Recording => ({
  ...recording,
  series: Object.fromEntries(
    Object.entries(recording.series).map(([key, values]) => [key, change(values, key)]),
  ),
});

/** The same recording where some scrapes brought nothing. */
export const without = (recording: Recording, isLost: (index: number) => boolean): Recording =>
  remade(recording, (values, key) =>
    values.map((value, index) => (isLost(index) ? (key.startsWith('up{') ? 0 : null) : value)),
  );

const isStart = (key: string): boolean => key.startsWith('process_start_time_seconds{');

/** The recording twice, the second time as another process. */
export function twice(recording: Recording): Recording {
  const lasts_seconds = seriesOf(recording, 'up').length * recording.interval_seconds;
  return remade(recording, (values, key) => [
    ...values,
    ...(isStart(key) ? startedLater(values, lasts_seconds) : values),
  ]);
}

/** The same recording as of another process from a scrape on, which started so many seconds later. */
export const restartedAt = (recording: Recording, scrape: number, later_seconds: number): Recording =>
  remade(recording, (values, key) =>
    isStart(key)
      ? [...values.slice(0, scrape), ...startedLater(values.slice(scrape), later_seconds)]
      : values,
  );

const startedLater = (starts_seconds: Values, later_seconds: number): Values =>
  starts_seconds.map((start) => (start === null ? null : start + later_seconds));
