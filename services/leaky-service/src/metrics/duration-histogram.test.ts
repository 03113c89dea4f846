import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DurationSeries } from './duration-histogram.ts';

const bounds = [0.001, 0.01, 0.1];
const values = (series: DurationSeries) =>
  Object.fromEntries(
    [...series.samples('d')].map((s) => [`${s.metricName}${s.labels['le'] ?? ''}`, s.value]),
  );

it('counts a duration into each bucket that it fits', () => {
  const series = new DurationSeries({}, bounds);
  for (const seconds of [0.0005, 0.001, 0.05, 7]) series.observe(seconds, undefined);
  expect(values(series)).toEqual({
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
    fc.property(fc.array(fc.double({ min: 0, noNaN: true, max: 1e6 })), (durations) => {
      const series = new DurationSeries({}, bounds);
      for (const duration of durations) series.observe(duration, undefined);
      expect(values(series)).toMatchObject({ 'd_bucket+Inf': durations.length, d_count: durations.length });
    }),
  );
});

it('keeps the last traced request of a bucket', () => {
  const series = new DurationSeries({ route: '/' }, bounds);
  series.observe(0.002, 'a');
  series.observe(0.003, 'b');
  series.observe(0.004, undefined);
  const [, second] = series.samples('d');
  expect(second).toMatchObject({
    sharedLabels: { route: '/' },
    exemplar: { labelSet: { trace_id: 'b' }, value: 0.003 },
  });
});
