import { expect, it } from 'vitest';
import { pauseBeforeStart_ms } from './back-off.ts';

it('the pause before a start doubles with each short life and stays below 15 s', () =>
  expect([0, 1, 2, 3, 4, 5, 6, 1000].map(pauseBeforeStart_ms)).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
  ]));
