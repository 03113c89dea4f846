import { describe, expect, it } from 'vitest';
import { similarNames } from './similar-names.ts';

const names = [
  'Session',
  'RequestRecord',
  'RequestHistory',
  'Record',
  '(string)',
  '__proto__',
  'x'.repeat(1e6),
];

describe('the names that could have been meant', () => {
  it.each([
    ['a letter left out', 'RequestRecrd', ['RequestRecord']],
    ['another case', 'requestrecord', ['RequestRecord']],
    ['more than the name', 'SessionXX', ['Session']],
    ['a part of it', 'History', ['RequestHistory']],
    ['the brackets left out', 'string', ['(string)']],
    ['nothing like any', 'Zebra', []],
    ['nothing at all', '', []],
  ])('%s', (_, asked, expected) => {
    expect(similarNames(asked, names)).toEqual(expected);
  });

  it('are each told once', () => {
    expect(similarNames('Sesion', ['Session', 'Session'])).toEqual(['Session']);
  });
});
