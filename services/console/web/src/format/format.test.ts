import { describe, expect, it } from 'vitest';
import { formatBytes, formatBytesDelta, megabytes } from './bytes.ts';
import { formatTime } from './clock.ts';
import { formatSeconds, formatSince } from './duration.ts';
import { bytesText, formatInterval, secondsText } from './estimate.ts';
import { formatCountDelta, formatRate, formatShare } from './number.ts';

const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null;

it.each([
  [0, '0 B'],
  [812, '812 B'],
  [1023.9 * 1024, '1.0 MB'],
  [16_589, '16.2 KB'],
  [190_840_832, '182 MB'],
  [-319_488, '\u2212312 KB'],
  [-0.2, '0 B'],
])('%d bytes reads %s', (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text));

it('a change carries its sign, and none is none', () => {
  expect([4_300_000, -1024, 0].map((value) => plain(formatBytesDelta(value)))).toEqual([
    '+4.1 MB',
    '\u22121.0 KB',
    '0 B',
  ]);
  expect([12, 0, -3].map(formatCountDelta)).toEqual(['+12', '0', '\u22123']);
});

it('megabytes to a tenth below a hundred', () => {
  expect([megabytes(12.34 * 1024 ** 2), megabytes(256 * 1024 ** 2)]).toEqual(['12.3', '256']);
});

it.each([
  [0.0042, '4.2 ms'],
  [0.83, '830 ms'],
  [4.2, '4.2 s'],
  [90, '90 s'],
  [185, '3 min 05 s'],
  [7800, '2 h 10 min'],
  [273_600, '3 d 4 h'],
])('%d seconds reads %s', (seconds, text) => expect(plain(formatSeconds(seconds))).toBe(text));

it('a clock that jumped back is no negative time', () => {
  expect(plain(formatSince(1000, 5000))).toBe('0 s');
});

describe('an interval', () => {
  it('says its unit once', () => {
    expect(plain(formatInterval({ low: 36, value: 41, high: 49 }, secondsText))).toBe('36\u201349 s');
    expect(plain(formatInterval({ low: 900, value: 1000, high: 2048 }, bytesText))).toBe(
      '900 B \u2013 2.0 KB',
    );
  });
  it('says nothing where both ends read alike, or one is not finite', () => {
    expect(formatInterval({ low: 41.1, value: 41.2, high: 41.3 }, secondsText)).toBeNull();
    expect(formatInterval({ low: 41, value: 90, high: Number.POSITIVE_INFINITY }, secondsText)).toBeNull();
  });
});

it('rates and shares keep the digits that count', () => {
  expect([0, 0.42, 4.24, 42.4, 198.6, 12_435].map(formatRate)).toEqual([
    '0',
    '0.42',
    '4.2',
    '42',
    '199',
    '12.4K',
  ]);
  expect([0, 0.034, 0.42].map((ratio) => plain(formatShare(ratio)))).toEqual(['0 %', '3.4 %', '42 %']);
});

it('another day is named', () => {
  const noon = new Date(2026, 4, 3, 12, 0, 1).getTime();
  expect(formatTime(noon, noon)).toBe('12:00:01');
  expect(formatTime(noon, noon + 86_400_000)).toBe('3 May 12:00:01');
});
