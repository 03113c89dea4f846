import { describe, expect, it } from 'vitest';
import { bytes, choice, count, file, identifier, seconds } from '../index.ts';

const size = bytes('bytes', 100, 1_000_000);
const time = seconds('seconds', 10, 3_600);

describe('a size', () => {
  it.each([
    ['14600', [14_600]],
    ['14,600 bytes', [14_600, 14.6]],
    ['14 600', [14_600]],
    ['14.6 KB', [14.6 * 1024]],
    ['14,6 kB', [14.6 * 1024]],
    ['14.600', [14_600, 14.6]],
    ['~14.6 KiB per request', [14.6 * 1024]],
    ['14600 bytes/request', [14_600]],
    ['1.234,5', [1_234.5]],
    ['1,234.5', [1_234.5]],
    ['1.234.567', [1_234_567]],
    ['0.125 MB', [0.125 * 1024 ** 2]],
    ['2m', [2 * 1024 ** 2]],
  ])('%j is %j', (text, values) => {
    expect(size.read(text)).toEqual({ kind: 'numbers', values });
  });

  it.each(['', 'many', '14 apples', '1,23,4', '-5 KB', '12 KB 3', '5 s', '1e999'])(
    '%j is none, and says what one looks like',
    (text) => {
      expect(size.read(text)).toEqual({ kind: 'refused', expected: 'a size, as 12.3 KB or 12600' });
    },
  );
});

describe('a time', () => {
  it.each([
    ['83', 83],
    ['83 s', 83],
    ['1:23', 83],
    ['1:01:23', 3_683],
    ['1 min 23 s', 83],
    ['1.5 minutes', 90],
    ['1,5 min', 90],
    ['2m', 120],
    ['1h', 3_600],
  ])('%j is %d s', (text, value) => {
    expect(time.read(text)).toEqual({ kind: 'numbers', values: [value] });
  });

  it.each(['', 'soon', '1:75', '5 KB'])('%j is none', (text) => {
    expect(time.read(text).kind).toBe('refused');
  });
});

it('a count has no unit', () => {
  const codes = count('an exit code', 1, 255);
  expect(codes.read('137')).toEqual({ kind: 'numbers', values: [137] });
  expect(codes.read('137 s').kind).toBe('refused');
});

describe('one of a few', () => {
  const finding = choice('leak', 'load', 'no growth');

  it('is told by its words or how they begin, whatever the case', () => {
    for (const text of ['leak', ' LEAK ', 'le'])
      expect(finding.read(text)).toEqual({ kind: 'words', words: 'leak' });
    expect(finding.read('no  growth')).toEqual({ kind: 'words', words: 'no growth' });
  });

  it.each(['', 'l', 'leaks', 'x'])('%j is none of them', (text) => {
    expect(finding.read(text)).toEqual({ kind: 'refused', expected: 'one of: leak, load, no growth' });
  });
});

describe('a name', () => {
  it('of a file is the same with and without folder, ending and line', () => {
    const { same } = file('a file', ['a.ts']);
    const ways = [
      'src/features/price-list.ts:31',
      'price-list.ts',
      'price-list',
      'C:\\x\\Price-List.ts',
      './price-list.ts:3:4',
    ];
    expect(new Set(ways.map(same))).toEqual(new Set(['price-list']));
  });

  it('of a function is the same with and without its class', () => {
    const { same } = identifier('a function', ['f']);
    expect(
      new Set(['handle', 'handle()', 'PriceList.handle', 'PriceList#handle(request)'].map(same)),
    ).toEqual(new Set(['handle']));
    expect(identifier('a function', ['f']).read('  ()').kind).toBe('refused');
  });
});

it('a guess is read as an answer', () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (const form of [size, time, choice('a', 'b'), file('a file', ['a.ts', 'b.ts']), count('x', 1, 9)]) {
    for (let turn = 0; turn < 50; turn += 1) expect(form.read(form.guess(random)).kind).not.toBe('refused');
  }
});
