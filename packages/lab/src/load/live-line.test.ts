import { expect, it } from 'vitest';
import { liveLine } from './live-line.ts';

const megabyte = 1024 ** 2;
const figures = {
  answered: 12_345,
  rate_per_second: 199.6,
  of: 'memory' as const,
  used_bytes: 128 * megabyte,
  limit_bytes: 256 * megabyte,
  seconds_left: 41.2,
};

it('the live line has requests, rate, memory of the limit and the time left', () =>
  expect(liveLine(figures)).toBe('12,345 requests  200/s  ████░░░░ 128 MB of 256 MB 50 %  left ~41 s'));
it('says — while the time left cannot be told', () =>
  expect(liveLine({ ...figures, seconds_left: undefined })).toMatch(/left —$/));
it('says so when nobody answers', () =>
  expect(liveLine({ ...figures, used_bytes: undefined })).toBe(
    '12,345 requests  200/s  the service does not answer',
  ));
it('names the heap where V8’s own limit is the nearer one', () =>
  expect(liveLine({ ...figures, of: 'heap', limit_bytes: 160 * megabyte })).toContain(
    'heap 128 MB of 160 MB 80 %',
  ));
it('draws no bar beyond full', () =>
  expect(liveLine({ ...figures, used_bytes: 300 * megabyte })).toContain('100 %'));
it('fits a terminal of 80 columns after a long load', () =>
  expect(
    liveLine({ ...figures, answered: 12_345_678, rate_per_second: 12_345, seconds_left: 7100 }).length,
  ).toBeLessThan(80));
