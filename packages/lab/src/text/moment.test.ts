import { expect, it } from 'vitest';
import { parseMoment } from './moment.ts';

const now = new Date(2026, 10, 21, 14, 30, 15);
const parse = (text: string) => new Date(parseMoment(text, '--from', now.getTime()));

it('reads a time of day, of yesterday where it is still to come', () => {
  expect(parse('14:02')).toEqual(new Date(2026, 10, 21, 14, 2));
  expect(parse('9:05:30')).toEqual(new Date(2026, 10, 21, 9, 5, 30));
  expect(parse('23:59')).toEqual(new Date(2026, 10, 20, 23, 59));
});

it('reads a date and how long ago', () => {
  expect(parse('2026-11-20T08:00:00Z').toISOString()).toBe('2026-11-20T08:00:00.000Z');
  expect(parse('90s').getTime()).toBe(now.getTime() - 90_000);
  expect(parse('1h30m').getTime()).toBe(now.getTime() - 5_400_000);
});

it.each(['', 'noon', '25:00', '12:60', '7', '-5m', '2026-13-40'])(
  'refuses %j and says what it takes',
  (text) => {
    expect(() => parse(text)).toThrow(/--from is no moment[\s\S]*14:02/);
  },
);
