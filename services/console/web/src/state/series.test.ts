import { expect, it } from 'vitest';
import { type Sample, type SampleSeries, sampleColumns } from '../../../src/api/contract.ts';
import { merged, withItem } from './lists.ts';
import { bytesPerRequest, nearestRow, withBreaks, withSample } from './series.ts';

const sample = (time_ms: number, known: Partial<Sample> = {}): Sample =>
  ({ ...Object.fromEntries(sampleColumns.map((name) => [name, null])), pid: 1, ...known, time_ms }) as Sample;

const seriesOf = (samples: readonly Sample[], step_seconds = 1): SampleSeries => ({
  from_ms: 0,
  to_ms: 100_000,
  step_seconds,
  columns: Object.fromEntries(
    sampleColumns.map((name) => [name, samples.map((one) => one[name])]),
  ) as unknown as SampleSeries['columns'],
});

it('a new second joins the series, the oldest leaves it, one that is known does nothing', () => {
  const series = seriesOf([sample(1000), sample(2000)]);
  const next = withSample(series, sample(3000, { rss_bytes: 7 }), 1500);
  expect(next.columns.time_ms).toEqual([2000, 3000]);
  expect(next.columns.rss_bytes).toEqual([null, 7]);
  expect(withSample(next, sample(3000), 1500)).toBe(next);
});

it('no line is drawn over a hole, nor from one process to the next', () => {
  const broken = withBreaks(seriesOf([sample(1000), sample(2000), sample(9000), sample(10_000, { pid: 2 })]));
  expect(broken.time_ms).toEqual([1000, 2000, 5500, 9000, 9500, 10_000]);
  expect(broken.pid).toEqual([1, 1, null, 1, null, 2]);
});

it('seconds that lie as far apart as the series says are neighbours', () => {
  const minutes = seriesOf([sample(0), sample(60_000)], 60);
  expect(withBreaks(minutes).time_ms).toEqual([0, 60_000]);
});

it('bytes a request are growth over requests, within one life, and nothing where too few were served', () => {
  const rows = Array.from({ length: 10 }, (_, i) =>
    sample(i * 1000, {
      heap_used_bytes: 1e6 + i * 200 * 16_384,
      external_bytes: 5e5,
      requests_total: i * 200,
    }),
  );
  const reborn = sample(10_000, { pid: 2, heap_used_bytes: 9e5, external_bytes: 5e5, requests_total: 3 });
  const column = bytesPerRequest(seriesOf([...rows, reborn]).columns);
  expect(column.at(0)).toBeNull();
  expect(column.at(9)).toBeCloseTo(16_384);
  expect(column.at(10)).toBeNull();
});

it('a hole in the record of one life does not begin the count anew', () => {
  const row = (i: number) =>
    sample(i * 1000, { heap_used_bytes: i * 2e6, external_bytes: 0, requests_total: i * 200 });
  const rows = [...[0, 1, 2, 3].map(row), sample(5000, { pid: null }), row(9)];
  expect(bytesPerRequest(seriesOf(rows).columns).slice(4)).toEqual([null, 10_000]);
});

it('finds the row a cursor points at', () => {
  const times = [1000, 2000, 4000];
  expect([0, 1400, 1600, 3100, 9000].map((time) => nearestRow(times, time))).toEqual([0, 0, 1, 2, 2]);
  expect(nearestRow([], 5)).toBe(-1);
});

it('lists hold each id once', () => {
  expect(withItem([{ id: 1 }, { id: 2 }], { id: 2 })).toHaveLength(2);
  const first = { id: 1, time_ms: 5 };
  expect(
    merged([first, { id: 2, time_ms: 9 }], [{ id: 3, time_ms: 1 }, { ...first }]).map(({ id }) => id),
  ).toEqual([3, 1, 2]);
});
