import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HistogramSeries } from './histogram-series.ts';

const bounds = [0.001, 0.01, 0.1];
const samples = (series: HistogramSeries) =>
  Object.fromEntries(
    [...series.samples('d')].map((s) => [`${s.metricName}${s.labels['le'] ?? ''}`, s.value]),
  );

it('counts a value into each bucket that it fits', () => {
  const series = new HistogramSeries({}, bounds);
  for (const seconds of [0.0005, 0.001, 0.05, 7]) series.observe(seconds, undefined);
  expect(samples(series)).toEqual({
    'd_bucket0.001': 2,
    'd_bucket0.01': 2,
    'd_bucket0.1': 3,
    'd_bucket+Inf': 4,
    d_sum: 7.0515,
    d_count: 4,
  });
});

it('adds up to its count whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, noNaN: true, max: 1e6 })), (values) => {
      const series = new HistogramSeries({}, bounds);
      for (const value of values) series.observe(value, undefined);
      expect(samples(series)).toMatchObject({ 'd_bucket+Inf': values.length, d_count: values.length });
    }),
  );
});

it('keeps the last traced request of a bucket', () => {
  const series = new HistogramSeries({ route: '/' }, bounds);
  series.observe(0.002, 'a');
  series.observe(0.003, 'b');
  series.observe(0.004, undefined);
  const [, second] = series.samples('d');
  expect(second).toMatchObject({
    sharedLabels: { route: '/' },
    exemplar: { labelSet: { trace_id: 'b' }, value: 0.003 },
  });
});
