import { describe, expect, it } from 'vitest';
import { formatSeconds, parseSeconds } from './duration.ts';

describe('parseSeconds', () => {
  it.each([
    ['60s', 60],
    ['5m', 300],
    ['1h30m', 5400],
    ['500ms', 0.5],
    ['90', 90],
  ])('reads %s as k6 does', (text, seconds) => expect(parseSeconds(text, '--duration')).toBe(seconds));
  it.each(['', '0s', '-5s', '5x', 'soon', '5s!'])('refuses %j', (text) =>
    expect(() => parseSeconds(text, '--duration')).toThrow(/--duration is not a duration/),
  );
});

it.each([
  [0.83, '0.8 s'],
  [42.4, '42 s'],
  [185, '3 min 05 s'],
  [7800, '2 h 10 min'],
])('formats %d seconds as %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));
