import { expect, it } from 'vitest';
import { isDeeperThan } from './depth.ts';

const deeper = (text: string, most: number): boolean => isDeeperThan(Buffer.from(text), most);

it.each([
  ['[[[1]]]', 3],
  ['{"a":{"b":[]}}', 3],
  ['[],[],[],[]', 1],
  ['"[[[["', 0],
  [String.raw`"\"[[[[" `, 0],
  [String.raw`["\\",[]]`, 2],
])('%s lies no deeper than %i', (text, depth) => {
  expect(deeper(text, depth)).toBe(false);
  if (depth > 0) expect(deeper(text, depth - 1)).toBe(true);
});

it('sees what never closes', () => {
  expect(deeper('['.repeat(1_001), 1_000)).toBe(true);
});
