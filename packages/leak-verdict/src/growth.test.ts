import { describe, expect, it } from 'vitest';
import { growthOf, type MemoryReading } from './index.ts';

const megabyte = 2 ** 20;
const limit_bytes = 256 * megabyte;

/** A minute of a service at 200 requests a second: what is kept for each, under a sawtooth of garbage. */
function minute({
  kept_bytes = 0,
  sawtooth_bytes = 8 * megabyte,
  gcEach_seconds = 4,
  native = false,
}): MemoryReading[] {
  return Array.from({ length: 60 }, (_, second) => {
    const kept = 60 * megabyte + second * 200 * kept_bytes;
    const sinceGc = second % gcEach_seconds;
    return {
      time_seconds: second,
      used_bytes: kept + (sinceGc / gcEach_seconds) * sawtooth_bytes,
      after_gc_bytes: native ? 30 * megabyte : kept - 30 * megabyte - sinceGc * 200 * kept_bytes,
      major_gc_count: Math.floor(second / gcEach_seconds),
      requests_total: 1000 + second * 200,
      limit_bytes,
    };
  });
}

describe('growthOf', () => {
  it.each([16_384, 3_000, 783])('finds %i bytes a request under the sawtooth', (kept_bytes) => {
    const { bytes_per_request } = growthOf(minute({ kept_bytes }));
    expect(bytes_per_request?.value).toBeGreaterThan(kept_bytes * 0.95);
    expect(bytes_per_request?.value).toBeLessThan(kept_bytes * 1.05);
  });

  it('tells the time to the limit with its interval', () => {
    const readings = minute({ kept_bytes: 16_384 });
    const { seconds_to_limit, bytes_per_second } = growthOf(readings);
    const left = limit_bytes - (readings.at(-1)?.used_bytes ?? 0);
    expect(bytes_per_second?.value).toBeCloseTo(200 * 16_384, -6);
    expect(seconds_to_limit?.value).toBeCloseTo(left / (200 * 16_384), -1);
    expect(seconds_to_limit?.low).toBeLessThanOrEqual(seconds_to_limit?.value ?? 0);
    expect(seconds_to_limit?.high).toBeGreaterThanOrEqual(seconds_to_limit?.value ?? 0);
  });

  it('takes the sawtooth alone for no growth', () => {
    const { bytes_per_request, seconds_to_limit } = growthOf(minute({ sawtooth_bytes: 60 * megabyte }));
    expect(bytes_per_request?.low).toBeLessThanOrEqual(0);
    expect(seconds_to_limit).toBeNull();
  });

  it('sees growth that the heap does not count', () => {
    const { bytes_per_request } = growthOf(minute({ kept_bytes: 5_000, native: true }));
    expect(bytes_per_request?.value).toBeCloseTo(5_000, -3);
  });

  it('goes by what is used where no major GC came', () => {
    const readings = minute({ kept_bytes: 16_384, sawtooth_bytes: 0 }).map((reading) => ({
      ...reading,
      after_gc_bytes: null,
      major_gc_count: null,
    }));
    expect(growthOf(readings).bytes_per_request?.value).toBeCloseTo(16_384, -2);
  });

  it('says nothing of the first seconds, of no requests, of no limit', () => {
    expect(growthOf(minute({ kept_bytes: 16_384 }).slice(0, 10))).toEqual({
      bytes_per_second: null,
      bytes_per_request: null,
      seconds_to_limit: null,
    });
    const quiet = minute({ kept_bytes: 16_384 }).map((reading) => ({
      ...reading,
      requests_total: 5,
      limit_bytes: null,
    }));
    const { bytes_per_request, seconds_to_limit, bytes_per_second } = growthOf(quiet);
    expect([bytes_per_request, seconds_to_limit]).toEqual([null, null]);
    expect(bytes_per_second?.value).toBeGreaterThan(0);
  });
});
