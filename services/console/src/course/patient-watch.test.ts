import { describe, expect, it } from 'vitest';
import { nextPause_seconds } from './patient-watch.ts';

const MB = 2 ** 20;

describe('a service is looked into', () => {
  it('each 15 s while what comes stays', () => {
    const leak = { came_bytes: 6 * MB, freed_bytes: 1 * MB };
    expect([0, 15, 60, 120].map((last) => nextPause_seconds(last, leak))).toEqual([15, 15, 15, 15]);
  });

  it('ever more rarely while what comes is garbage, so that it can pile up and be seen', () => {
    const garbage = { came_bytes: 30 * MB, freed_bytes: 29 * MB };
    expect([15, 30, 60, 120].map((last) => nextPause_seconds(last, garbage))).toEqual([30, 60, 120, 120]);
  });

  it('again after 15 s where it was the first time', () =>
    expect(nextPause_seconds(0, { came_bytes: 50 * MB, freed_bytes: 49 * MB })).toBe(15));
});
