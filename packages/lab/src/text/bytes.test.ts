import { describe, expect, it } from 'vitest';
import { formatMegabytes, parseBytes } from './bytes.ts';

describe('parseBytes', () => {
  it.each([
    ['256m', 268_435_456],
    ['256M', 268_435_456],
    ['256mb', 268_435_456],
    ['1g', 1_073_741_824],
    ['1.5k', 1536],
    ['16384', 16_384],
    ['512b', 512],
  ])('reads %s as Docker does', (text, bytes) => expect(parseBytes(text, 'SIZE')).toBe(bytes));
  it.each(['', 'm', '-1m', '0', '256 apples', '1e3', 'NaN', '99999999999999999g'])(
    'refuses %j and names the setting',
    (text) => expect(() => parseBytes(text, 'SIZE')).toThrow(/SIZE is not a size[\s\S]*expected[\s\S]*256m/),
  );
});

it('formats small sizes to a tenth and large ones whole', () => {
  expect(formatMegabytes(12.34 * 1024 ** 2)).toBe('12.3 MB');
  expect(formatMegabytes(256 * 1024 ** 2)).toBe('256 MB');
});
