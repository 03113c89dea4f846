import { expect, it } from 'vitest';
import { causeOf, type Remains } from './cause.ts';

const megabyte = 2 ** 20;
const remains: Remains = {
  told: undefined,
  note: undefined,
  report: null,
  last_usage_bytes: 100 * megabyte,
  limit_bytes: 256 * megabyte,
  enforced_by: 'kernel',
  bytes_per_second: 0,
  seconds_after_last_reading: 1,
  unwatched: false,
};

it.each<[string, Partial<Remains>, string, RegExp]>([
  [
    'memory at the limit',
    { last_usage_bytes: 240 * megabyte },
    'memory-kill-presumed',
    /240 MB of 256 MB.*the kernel most likely/,
  ],
  [
    'the watchdog',
    { last_usage_bytes: 250 * megabyte, enforced_by: 'watchdog' },
    'memory-kill-presumed',
    /the watchdog most likely/,
  ],
  [
    'growth that reached it after the last reading',
    { last_usage_bytes: 200 * megabyte, bytes_per_second: 60 * megabyte },
    'memory-kill-presumed',
    /growing by 60 MB a second/,
  ],
  [
    'growth that could not have',
    { last_usage_bytes: 100 * megabyte, bytes_per_second: 3 * megabyte, seconds_after_last_reading: 3600 },
    'unknown',
    /a stop or a kill/,
  ],
  ['nothing', { unwatched: true }, 'unknown', /100 MB of 256 MB at the last reading.*the console was away/],
  ['no limit', { limit_bytes: null, last_usage_bytes: null }, 'unknown', /^inferred/],
  [
    'a report, whatever the memory',
    {
      report: { file: 'r.json', trigger: 'OOMError', javascript_stack: [] },
      last_usage_bytes: 250 * megabyte,
    },
    'v8-heap-limit',
    /diagnostic report \(OOMError\)/,
  ],
])('judges %s', (_name, more, ended_by, known_by) => {
  expect(causeOf({ ...remains, ...more })).toMatchObject({
    ended_by,
    inferred: true,
    known_by: expect.stringMatching(known_by),
  });
});

it('believes a process that said why it could not go on, whatever the memory', () => {
  const reason = 'No file descriptors left (255 of 256 in use): no connection can be opened.';
  const note = { pid: 1, started_at: 0, ended_at: 1, reason, exit_code: 71 };
  expect(causeOf({ ...remains, note, last_usage_bytes: 250 * megabyte })).toEqual({
    ended_by: 'exhausted',
    known_by: `it said so: ${reason}`,
    inferred: false,
    exit_status: 71,
    signal: null,
  });
  const stuck = { ...note, reason: 'a.ts:7 holds the process up.', exit_code: 70 };
  expect(causeOf({ ...remains, note: stuck })).toMatchObject({
    ended_by: 'exit',
    known_by: 'it said so: a.ts:7 holds the process up.',
    exit_status: 70,
  });
});
