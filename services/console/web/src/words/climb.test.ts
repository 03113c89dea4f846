import { expect, it } from 'vitest';
import type { Estimate, Now, Sample } from '../../../src/api/contract.ts';
import { aheadSeconds, forecastOf } from '../charts/forecast.ts';
import { whatOneSees } from './climb.ts';

const noon = new Date(2026, 4, 3, 12, 0, 0).getTime();
const about = (value: number, low = value, high = value): Estimate => ({ low, value, high });

function nowWith(growth: Partial<Now['growth']>, state: Now['service']['state'] = 'up'): Now {
  return {
    time_ms: noon + 12_000,
    mode: 'embedded',
    service: { state, since_ms: noon, message: '', pid: 7, started_at_ms: noon },
    sample: { time_ms: noon + 12_000, usage_bytes: 180e6, limit_bytes: 268_435_456 } as Sample,
    limit_raised_from_bytes: null,
    growth: { bytes_per_second: null, bytes_per_request: null, seconds_to_limit: null, ...growth },
    warnings: [],
    deaths: 0,
  };
}

const seen = (now: Now) => {
  const { text, tone } = whatOneSees(now);
  return [text.replaceAll('\u00a0', ' '), tone];
};

it('a climb is told with its rate, its bytes a request and the time left with its interval', () => {
  const growth = {
    bytes_per_second: about(3.1 * 1024 ** 2, 3e6, 3.4e6),
    bytes_per_request: about(16_589),
    seconds_to_limit: about(41, 36, 49),
  };
  expect(seen(nowWith(growth))).toEqual([
    'Memory climbs 3.1 MB/s, 16.2 KB a request, the limit in 41 s (36\u201349).',
    'near',
  ]);
});

it('a slow climb says nothing of a limit that is days away, nor of requests that are not known', () => {
  expect(seen(nowWith({ bytes_per_second: about(900, 300, 1500), seconds_to_limit: about(98_000) }))).toEqual(
    ['Memory climbs 900 B/s.', 'climbs'],
  );
});

it('an interval across nothing is no growth', () => {
  expect(seen(nowWith({ bytes_per_second: about(2000, -4000, 8000) }))).toEqual([
    'Memory is level at 172 MB: no growth that stands out from its noise.',
    'calm',
  ]);
  expect(seen(nowWith({ bytes_per_second: about(-2048, -4000, -10) }))[0]).toBe('Memory falls by 2.0 KB/s.');
});

it('before there is enough it says so, and a service that is gone or hangs is told first', () => {
  expect(seen(nowWith({}))[1]).toBe('unknown');
  const climbs = { bytes_per_second: about(3e6) };
  expect(seen(nowWith(climbs, 'down'))).toEqual([
    'The service is down since 12:00:00 (12 s). What it did is kept here.',
    'down',
  ]);
  expect(seen(nowWith(climbs, 'hanging'))[0]).toContain('12:00:00 (12 s): it hangs');
});

it('a forecast needs a limit, a climb and a service that is up', () => {
  const left = { seconds_to_limit: about(41, 36, Number.POSITIVE_INFINITY) };
  expect(forecastOf(nowWith(left))).toMatchObject({ value_seconds: 41, low_seconds: 36, high_seconds: 1e9 });
  expect(forecastOf(nowWith({}))).toBeNull();
  expect(forecastOf(nowWith(left, 'down'))).toBeNull();
});

it('the axis shows the estimate ahead in steps, and never more future than half the past', () => {
  const forecast = forecastOf(nowWith({ seconds_to_limit: about(41, 36, 49) }));
  expect(aheadSeconds(null, 300)).toBe(6);
  expect(aheadSeconds(forecast, 300)).toBe(90);
  expect(aheadSeconds(forecast, 60)).toBe(18);
});
