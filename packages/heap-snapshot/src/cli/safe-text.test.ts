import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeText } from './safe-text.ts';

describe('a name made safe to print', () => {
  test('an ordinary name stays as it is, emoji and their joiners too', () => {
    for (const name of ['RequestRecord', '__proto__', 'naïve Ünïcode', 'Cart🛒👩‍👩‍👧'])
      expect(safeText(name)).toBe(name);
  });

  test.each([
    ['an escape sequence', '\x1b[2J', '\\u001b[2J'],
    ['an escape of one byte', '\x9b2J', '\\u009b2J'],
    ['line feed and tab', 'a\nb\tc', 'a\\nb\\tc'],
    ['carriage return', 'a\rb', 'a\\u000db'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a change of direction', 'a\u202eb', 'a\\u202eb'],
    ['half a surrogate pair', 'a\ud83d', 'a\\ud83d'],
  ])('%s is shown, not acted on', (_what, name, shown) => {
    expect(safeText(name)).toBe(shown);
  });

  test('a long name is cut, never within a character, and says how long it was', () => {
    expect(safeText('x'.repeat(5_000_000), 10)).toBe(`${'x'.repeat(10)}… (5,000,000 characters)`);
    expect(safeText(`${'x'.repeat(9)}🛒🛒`, 10)).toBe(`${'x'.repeat(9)}… (13 characters)`);
  });

  test('whatever comes in, nothing that a terminal acts on comes out', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
        (text, units) => {
          for (const name of [text, units, text + units]) {
            expect(safeText(name)).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
