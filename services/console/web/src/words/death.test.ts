import { expect, it } from 'vitest';
import type { DeathSummary, EndedBy } from '../../../src/api/contract.ts';
import { causeOf, exitOf } from './death.ts';

const death = (ended_by: string, exit_status: number | null, signal: string | null) =>
  ({ ended_by: ended_by as EndedBy, exit_status, signal }) as DeathSummary;

it('tells both deaths apart, and what is only presumed', () => {
  expect(causeOf(death('kernel-oom-kill', 137, 'SIGKILL'))).toMatch(/kernel/);
  expect(causeOf(death('v8-heap-limit', 134, 'SIGABRT'))).toMatch(/V8/);
  expect(causeOf(death('memory-kill-presumed', null, null))).toMatch(/Probably/);
});

it('names the signal or the code where these are all that is known', () => {
  expect(causeOf(death('signal', null, 'SIGTERM'))).toBe('Ended by SIGTERM');
  expect(causeOf(death('exit', 1, null))).toBe('Ended by itself, with 1');
  expect(causeOf(death('a-later-kind', null, null))).toBe('a-later-kind');
});

it('gives the exit as a shell would', () => {
  expect([
    exitOf(death('exit', 137, 'SIGKILL')),
    exitOf(death('exit', 1, null)),
    exitOf(death('exit', null, null)),
  ]).toEqual(['137, SIGKILL', '1', null]);
});
