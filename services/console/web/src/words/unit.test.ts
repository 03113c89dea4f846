import { expect, it } from 'vitest';
import { unitInWords } from './unit.ts';

it('says what a leak grows by, and how seldom', () => {
  expect(unitInWords({ unit: 'request', one_in: 1 })).toBe('a request');
  expect(unitInWords({ unit: 'event', one_in: 1 })).toBe('a reload');
  expect(unitInWords({ unit: 'connection', one_in: 375 })).toBe('a connection, for one request in 375');
});
