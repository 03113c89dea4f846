import { describe, expect, it } from 'vitest';
import { causeOfDeath, exitStatus, type Remains } from './cause-of-death.ts';

const limit = 256 * 1024 ** 2;
const alive: Remains = {
  exit_code: null,
  signal: null,
  oom_kills: 0,
  watchdog_fired: false,
  last_memory_bytes: limit / 2,
  memory_limit_bytes: limit,
  last_words: '',
};
const fatal = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';

describe('the cause of a death', () => {
  it('is the kernel when its counter rose', () =>
    expect(causeOfDeath({ ...alive, signal: 'SIGKILL', oom_kills: 1 })).toEqual({
      ended_by: 'kernel-oom-kill',
      evidence: "the cgroup's oom_kill counter rose by 1",
    }));

  it.each([{ signal: 'SIGABRT' as const }, { exit_code: 134 }, { exit_code: 139 }])(
    'is V8 when it wrote so and aborted: %j',
    (how) => {
      const cause = causeOfDeath({
        ...alive,
        ...how,
        last_words: `GC…\n${fatal}\n----- Native stack trace -----`,
      });
      expect(cause.ended_by).toBe('v8-heap-limit');
      expect(cause.evidence).toContain('Reached heap limit');
    },
  );

  it('is the watchdog when it fired', () =>
    expect(
      causeOfDeath({ ...alive, signal: 'SIGKILL', oom_kills: undefined, watchdog_fired: true }).ended_by,
    ).toBe('watchdog'));

  it('is presumed to be memory when nothing counts and the last reading was near the limit', () =>
    expect(
      causeOfDeath({ ...alive, signal: 'SIGKILL', oom_kills: undefined, last_memory_bytes: 0.97 * limit })
        .ended_by,
    ).toBe('memory-kill-presumed'));

  it('is a signal from outside when memory was fine', () =>
    expect(causeOfDeath({ ...alive, signal: 'SIGKILL' })).toEqual({
      ended_by: 'signal',
      evidence: 'SIGKILL from outside the lab',
    }));

  it.each([
    'No file descriptors left (255 of 256 in use): no connection can be opened.',
    'No local ports left: no connection can be opened.',
    'No memory for sockets left: no connection can be opened.',
  ])('is what was used up when it said so: %s', (words) =>
    expect(
      causeOfDeath({ ...alive, exit_code: 71, last_words: `{"level":60}\nleaky-service: ${words}\n` }),
    ).toEqual({ ended_by: 'exhausted', evidence: `it said so: ${words}` }),
  );

  it('is its own exit when nobody ended it', () =>
    expect(causeOfDeath({ ...alive, exit_code: 1, last_words: 'LEAKS is not right' })).toEqual({
      ended_by: 'exit',
      evidence: 'it ended by itself with exit code 1',
    }));

  it('is told with what it said last', () =>
    expect(
      causeOfDeath({
        ...alive,
        exit_code: 70,
        last_words: 'leaky-service: a\n{}\nleaky-service: a.ts:7 holds it up.\n',
      }),
    ).toEqual({
      ended_by: 'exit',
      evidence: 'it ended by itself with exit code 70: a.ts:7 holds it up.',
    }));
});

it('the exit status is the one a shell shows', () => {
  expect(exitStatus(null, 'SIGKILL')).toBe(137);
  expect(exitStatus(null, 'SIGABRT')).toBe(134);
  expect(exitStatus(3, null)).toBe(3);
});
