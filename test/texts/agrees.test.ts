import { describe, expect, it } from 'vitest';
import { firstDisagreement } from './agrees.ts';

const lines = (text: string) => text.split('\n');
const disagreement = (shown: string, real: string, options = {}) =>
  firstDisagreement(lines(shown), lines(real), options);

describe('what is another each time agrees', () => {
  it.each([
    [
      '7,800 requests  200/s  ██████░░ 180 MB of 256 MB 70 %',
      '1,412 requests 199/s ██░░░░░░ 92.2 MB of 256 MB 36 %',
    ],
    ['died after 1 min 03 s', 'died after 48 s'],
    ['left ~4.9 s', 'left ~1 min 12 s'],
    ['14.2 KB each', '14,600 bytes each'],
    ['started 2026-11-22T00:21:37.123Z, process 20231', 'started 2027-01-02T10:00:00Z, process 7'],
    ['snapshot 3f2a9c81d4 at 14:02', 'snapshot 0b77aa01c2 at 09:59:13'],
    ['{"pid":12,"rss_mb":58.2}', '{"pid":40211,"rss_mb":101}'],
    ['slope -3.1 MB', 'slope 2 KB'],
    ['read … of the file', 'read all twelve lines of the file'],
  ])('%s', (shown, real) => {
    expect(disagreement(shown, `${real}\n`)).toBeUndefined();
  });
});

describe('what says something else does not', () => {
  it.each([
    ['killed by the kernel', 'ended by V8'],
    ['200 requests a second', '200 requests a minute'],
    ['180 MB', '180 %'],
    ['one', 'one two'],
    ['entries: 12', 'entries: none'],
  ])('%s', (shown, real) => {
    expect(disagreement(shown, real)).toBe(0);
  });

  it('a line too many, too few, or out of order', () => {
    expect(disagreement('a\nb', 'a\nb\nc')).toBe(1);
    expect(disagreement('a\nb\nc', 'a\nb')).toBe(2);
    expect(disagreement('a\nb', 'b\na')).toBe(0);
  });
});

describe('lines left out', () => {
  it('may be any number of them, none too', () => {
    expect(disagreement('a\n…\nd', 'a\nb\nc\nd')).toBeUndefined();
    expect(disagreement('a\n…\nb', 'a\nb')).toBeUndefined();
    expect(disagreement('…\nb', 'a\nb')).toBeUndefined();
    expect(disagreement('a\n…', 'a\nb')).toBeUndefined();
  });

  it('what stands after them must come, and the last line at the end', () => {
    expect(disagreement('a\n…\nx\n…\nd', 'a\nb\nc\nd')).toBe(2);
    expect(disagreement('a\n…\nc', 'a\nb\nc\nd')).toBe(2);
    expect(disagreement('a\n…\nd', 'a\nd\nb\nd')).toBeUndefined();
  });
});

it('a command that still runs may say more than is shown', () => {
  expect(disagreement('a\nb', 'a\nb\nc', { open: true })).toBeUndefined();
  expect(disagreement('a\n…\nc', 'a\nb\nc\nd', { open: true })).toBeUndefined();
  expect(disagreement('a\n…\nc', 'a\nb', { open: true })).toBe(2);
});
