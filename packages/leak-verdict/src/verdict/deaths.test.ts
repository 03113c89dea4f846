import { expect, it } from 'vitest';
import type { Life } from '../samples/lives.ts';
import { deathsOf } from './deaths.ts';

const life = (used_bytes: number): Life => [
  { time_seconds: 0, used_bytes: 10, limit_bytes: 100 },
  { time_seconds: 1, used_bytes, limit_bytes: 100 },
];

it.each([
  [90, true],
  [50, false],
])('a last life of which only its end is known was killed where it was full: %i of 100', (used, killed) => {
  expect(deathsOf([life(used)], { ended: 'unknown' })).toMatchObject([{ killed, used_bytes: used }]);
});

it('what is told of an end counts, however full it was, and without a word the last life goes on', () => {
  expect(deathsOf([life(90)], { ended: 'stopped' })).toMatchObject([{ killed: false }]);
  expect(deathsOf([life(50)], { ended: 'killed' })).toMatchObject([{ killed: true }]);
  expect(deathsOf([life(90)], {})).toEqual([]);
});
