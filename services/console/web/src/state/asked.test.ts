import { expect, it } from 'vitest';
import type { Course, LabItem, Now } from '../../../src/api/contract.ts';
import { askedBy, withheld } from './asked.ts';

const estimate = { low: 1, value: 2, high: 3 };
const growth: Now['growth'] = {
  bytes_per_second: estimate,
  bytes_per_request: estimate,
  seconds_to_limit: estimate,
};
const last = { growth } as Now;
const running = (...items: (readonly [string, LabItem['state']])[]) =>
  ({
    labs: [],
    running: { id: '02', items: items.map(([key, state]) => ({ key, state })) },
  }) as unknown as Course;

it('what a lab asks for is not said, until it has been answered', () => {
  const open = running(['bytes_per_request', 'wrong'], ['seconds_to_limit', 'open']);
  expect(askedBy(open)).toEqual({ each_request: '02', time_left: '02' });
  expect(withheld(last, askedBy(open)).growth).toEqual({
    bytes_per_second: estimate,
    bytes_per_request: null,
    seconds_to_limit: null,
  });
  const half = running(['bytes_per_request', 'ok'], ['seconds_to_limit', 'waiting']);
  expect(withheld(last, askedBy(half)).growth).toEqual({ ...growth, seconds_to_limit: null });
  expect(withheld(last, askedBy(running(['bytes_per_request', 'ok'], ['life_at_ten_times', 'ok'])))).toBe(
    last,
  );
});

it('without a lab, and in one that asks for other things, all is said', () => {
  expect(withheld(last, askedBy(null))).toBe(last);
  expect(withheld(last, askedBy({ labs: [], running: null }))).toBe(last);
  expect(withheld(last, askedBy(running(['finding', 'open'])))).toBe(last);
});
