import { expect, it } from 'vitest';
import { projectsOf } from './test.ts';

it('./lab test runs the tiers that need nothing but the machine, or the ones named', () => {
  expect(projectsOf({})).toEqual(['unit', 'embedded']);
  expect(projectsOf({ stack: true })).toEqual(['stack']);
  expect(projectsOf({ course: true, soak: 'bytes' })).toEqual(['course', 'soak']);
});
