import { expect, it } from 'vitest';
import { Scanner } from './scanner.ts';

const scanner = new Scanner();
const tableIdOf = (name: string): number => scanner.weakMapTableIdOf(Buffer.from(name));

it.each([
  ['7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)', 5],
  [
    '12 / part of key (Object @4294967295) -> value ((array) @33) pair in WeakMap (table @4294967293)',
    4294967293,
  ],
  ['1 / part of key ( @1) -> value ( @3) pair in WeakMap (table @5)', 5],
  ['1 / part of key (a @1) -> value (b @2) -> value (c) @3) pair in WeakMap (table @5)', 5],
  ['1 / part of key (クラス @1) -> value (値 @3) pair in WeakMap (table @5)', 5],
])('the table of %s is @%i', (name, id) => {
  expect(tableIdOf(name)).toBe(id);
});

it.each([
  '',
  ')',
  '(table @5)',
  ' / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)',
  '7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @)',
  '7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5',
  '7 / part of key (K @1) -> value (V @) pair in WeakMap (table @5)',
  '7 / part of key (K @1) -> value (V3) pair in WeakMap (table @5)',
  '7 / part of key (K @) -> value (V @3) pair in WeakMap (table @5)',
  '7 / part of key (K @1) value (V @3) pair in WeakMap (table @5)',
  'x7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)',
])('%j names no entry', (name) => {
  expect(tableIdOf(name)).toBe(-1);
});
