import {
  type Sample,
  type SampleColumn,
  type SampleSeries,
  sampleColumns,
} from '../../../src/api/contract.ts';

/** Columns of one length, by name, over time. */
export type Columns = { readonly [column in SampleColumn]: readonly (number | null)[] };

/** `series` with `sample` at its end and what is older than `keep_ms` dropped; the same one where the sample is not newer. */
export function withSample(series: SampleSeries, sample: Sample, keep_ms: number): SampleSeries {
  const times = series.columns.time_ms;
  if (sample.time_ms <= (times.at(-1) ?? Number.NEGATIVE_INFINITY)) return series;
  const from_ms = sample.time_ms - keep_ms;
  const kept = times.findIndex((time) => time !== null && time >= from_ms);
  const start = kept < 0 ? times.length : kept;
  const columns = Object.fromEntries(
    sampleColumns.map((name) => [name, [...(series.columns[name] ?? []).slice(start), sample[name] ?? null]]),
  ) as unknown as Columns;
  return { ...series, from_ms, to_ms: sample.time_ms, columns };
}

/** A row of nothing between samples that are not neighbours (or not of one process), so that no line is drawn over it. */
export function withBreaks(series: SampleSeries): Columns {
  const { time_ms: times, pid } = series.columns;
  const apart_ms = Math.max(3000, series.step_seconds * 2500);
  const breaks: number[] = [];
  for (let i = 1; i < times.length; i++) {
    const other = pid[i] !== null && pid[i - 1] !== null && pid[i] !== pid[i - 1];
    if (other || (times[i] ?? 0) - (times[i - 1] ?? 0) > apart_ms) breaks.push(i);
  }
  if (breaks.length === 0) return series.columns;
  const spread = (name: SampleColumn) => {
    const values = series.columns[name] ?? [];
    const result: (number | null)[] = [];
    let start = 0;
    for (const at of breaks) {
      result.push(...values.slice(start, at));
      result.push(name === 'time_ms' ? ((times[at - 1] ?? 0) + (times[at] ?? 0)) / 2 : null);
      start = at;
    }
    result.push(...values.slice(start));
    return result;
  };
  return Object.fromEntries(sampleColumns.map((name) => [name, spread(name)])) as unknown as Columns;
}

/**
 * Bytes a request over the `span_ms` before each row: growth of heap and external memory by requests served, in one
 * life. Not of the memory in use: that keeps what a snapshot cost.
 * `null` where fewer than `least_requests` were served: the garbage between two collections, some megabytes, would be
 * read as kept.
 */
export function bytesPerRequest(
  columns: Columns,
  span_ms = 30_000,
  least_requests = 1000,
): (number | null)[] {
  const { time_ms, heap_used_bytes, external_bytes, requests_total, pid } = columns;
  const held = (row: number) => sumOf(heap_used_bytes[row], external_bytes[row]);
  let first = 0;
  return time_ms.map((time, i) => {
    // A hole in the record, not another life.
    if (pid[i] == null) return null;
    while (first < i && ((time_ms[first] ?? 0) < (time ?? 0) - span_ms || pid[first] !== pid[i])) first++;
    const [now, then] = [held(i), held(first)];
    const [served, servedThen] = [requests_total[i], requests_total[first]];
    if (now === null || then === null || served == null || servedThen == null) return null;
    const requests = served - servedThen;
    return requests < least_requests ? null : (now - then) / requests;
  });
}

const sumOf = (a: number | null | undefined, b: number | null | undefined) =>
  a == null || b == null ? null : a + b;

/** The row whose time is nearest; `-1` of none. */
export function nearestRow(times: readonly (number | null)[], time_ms: number): number {
  let low = 0;
  let high = times.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time_ms) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time_ms - (times[low - 1] ?? 0) < (times[low] ?? 0) - time_ms ? low - 1 : low;
}
