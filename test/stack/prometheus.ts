import { getJson } from './ask.ts';

/** A series over time: seconds since the epoch, and the value then. */
export type Points = readonly (readonly [time_seconds: number, value: number])[];

/** What a series with its labels was in a span of time, each sample as it was scraped. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: Points;
}

interface RangeAnswer {
  readonly data: {
    readonly result: { readonly metric: Record<string, string>; readonly values: [number, string][] }[];
  };
}

/** All samples of a selector between two moments. */
export async function readSamples(
  prometheusUrl: string,
  selector: string,
  from_seconds: number,
  to_seconds = Date.now() / 1000,
): Promise<Series[]> {
  // To the millisecond: rounded up to seconds, the begin of the window would move with its end.
  const range = `${Math.max(1, Math.round((to_seconds - from_seconds) * 1000))}ms`;
  const query = encodeURIComponent(`${selector}[${range}]`);
  const { data } = await getJson<RangeAnswer>(
    `${prometheusUrl}/api/v1/query?time=${to_seconds}&query=${query}`,
  );
  return data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([time, value]) => [time, Number(value)] as const),
  }));
}

/** When an alert began to fire, within a span; a firing that began before it does not count. */
export async function firstFiring(
  prometheusUrl: string,
  alert: string,
  from_seconds: number,
  to_seconds?: number,
): Promise<number | undefined> {
  const evaluation_seconds = 1;
  const selector = `ALERTS{alertname="${alert}",alertstate="firing",job="leaky-service"}`;
  const series = await readSamples(
    prometheusUrl,
    selector,
    from_seconds - 3 * evaluation_seconds,
    to_seconds,
  );
  const times = series.flatMap(({ points }) => points.map(([time]) => time)).sort((a, b) => a - b);
  const gap = times.findIndex((time, index) => {
    const before = times[index - 1] ?? from_seconds - 4 * evaluation_seconds;
    return time >= from_seconds && time - before > 2 * evaluation_seconds;
  });
  return times[gap];
}

/** The value of a series at a moment, on the line between the samples around it. */
export function valueAt(points: Points, time_seconds: number): number {
  const after = points.findIndex(([time]) => time >= time_seconds);
  const [left, right] = [points[after - 1] ?? points[after], points[after] ?? points.at(-1)];
  if (!left || !right) return Number.NaN;
  if (right[0] === left[0]) return right[1];
  return left[1] + ((right[1] - left[1]) * (time_seconds - left[0])) / (right[0] - left[0]);
}
