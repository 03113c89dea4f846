import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { soakParts } from './soak-parts.ts';
import { filesOf, projectsOf } from './test.ts';

it('./lab test runs the tiers that need nothing but the machine, or the ones named', () => {
  expect(projectsOf({})).toEqual(['unit', 'modules', 'embedded']);
  expect(projectsOf({ stack: true })).toEqual(['stack', 'stack-alone']);
  expect(projectsOf({ course: true, soak: 'kills' })).toEqual(['course', 'soak']);
});

it('./lab test --soak kills runs that part alone, not the one of a longer name', () => {
  expect(filesOf({ soak: 'kills' })).toEqual([
    expect.stringMatching(/[\\/]test[\\/]soak[\\/]kills\.soak\.ts$/),
  ]);
  expect(filesOf({ soak: 'service-kills' })).toEqual([expect.stringMatching(/service-kills\.soak\.ts$/)]);
  expect(filesOf({ soak: 'kills', course: true })).toHaveLength(2);
  expect(filesOf({ soak: true })).toEqual([]);
  expect(filesOf({ course: true })).toEqual([]);
});

it('./lab test --soak of an unknown part names those that there are', () => {
  expect(() => filesOf({ soak: 'kill' })).toThrow(
    /no part "kill"[\s\S]*one of .*kills.*live-allocations.*service-kills/,
  );
});

it('finds the parts wherever they lie', () => {
  const parts = soakParts();
  expect([...parts.keys()]).toEqual(expect.arrayContaining(['kills', 'guard', 'live-allocations', 'day']));
  expect([...parts.values()].every(existsSync)).toBe(true);
});
