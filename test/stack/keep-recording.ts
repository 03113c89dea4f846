import type { Recording } from '@leak-lab/alert-exercise';
import { selectors, writeRecording } from '../../prometheus/tests/recording.ts';
import { readSamples, type Series } from './prometheus.ts';
import type { Stack } from './stack.ts';

const interval_seconds = 2;
const before_seconds = 10;
const after_seconds = 20;

/** Where `KEEP_RECORDINGS` is set: what Prometheus scraped becomes the recording that the rules are tested with. */
export async function keepRecording(
  { url }: Stack,
  what: string,
  span: { readonly loaded_seconds: number; readonly died_seconds?: number; readonly back_seconds: number },
): Promise<void> {
  if (!process.env['KEEP_RECORDINGS']) return;
  const from_seconds = span.loaded_seconds - before_seconds;
  const last_seconds = span.back_seconds + (span.died_seconds === undefined ? 0 : after_seconds);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, last_seconds * 1000 - Date.now())));

  const read = await Promise.all(
    selectors.map((one) => readSamples(url.prometheus, one, from_seconds, last_seconds)),
  );
  const found = selectors.flatMap((selector, index) =>
    (read[index] ?? []).map((one) => ({ selector, ...one })),
  );
  const first_seconds = Math.min(...found.flatMap(firstUp));
  const indexOf = (time_seconds: number) => Math.round((time_seconds - first_seconds) / interval_seconds);
  const length = indexOf(last_seconds);
  const series = Object.fromEntries(
    found.map(({ labels, points }) => {
      const values: (number | null)[] = new Array(length).fill(null);
      for (const [time, value] of points) if (time >= first_seconds) values[indexOf(time)] = value;
      return [nameOf(labels), values.slice(0, length)];
    }),
  );
  const recording: Recording = {
    what,
    interval_seconds,
    loaded: indexOf(span.loaded_seconds) + 1,
    ...(span.died_seconds !== undefined && { died: indexOf(span.died_seconds) + 1 }),
    series,
  };
  writeRecording(what, recording);
}

/** Before a service has started nothing is missing. */
const firstUp = ({ labels, points }: Pick<Series, 'labels' | 'points'>): number[] =>
  labels['__name__'] === 'up' ? points.filter(([, value]) => value === 1).map(([time]) => time) : [];

function nameOf({ __name__: name = '', ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(',')}}`;
}
