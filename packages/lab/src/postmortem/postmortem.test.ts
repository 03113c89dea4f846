import { describe, expect, it } from 'vitest';
import { type Death, sampleColumns } from '../../../../services/console/src/api/contract.ts';
import { asMarkdown, asText } from './write.ts';

const megabyte = 1024 ** 2;
const time_ms = Date.parse('2026-03-01T10:00:00Z');
const seconds = Array.from({ length: 61 }, (_, index) => index - 60);
const unknown = Object.fromEntries(
  sampleColumns.map((column) => [column, seconds.map(() => null)]),
) as unknown as Death['samples']['columns'];
const death: Death = {
  id: 3,
  time_ms,
  pid: 4711,
  started_at_ms: time_ms - 63_000,
  uptime_seconds: 63,
  ended_by: 'memory-kill-presumed',
  known_by: 'inferred: no report, 250 of 256 MB at the last reading',
  inferred: true,
  exit_status: null,
  signal: null,
  last_usage_bytes: 250 * megabyte,
  limit_bytes: 256 * megabyte,
  top_line: null,
  samples: {
    from_ms: time_ms - 60_000,
    to_ms: time_ms,
    step_seconds: 1,
    columns: {
      ...unknown,
      time_ms: seconds.map((second) => time_ms + second * 1000),
      usage_bytes: seconds.map((second) => (250 + 3 * second) * megabyte),
      requests_per_second: seconds.map(() => 200),
    },
  },
  events: [{ id: 1, time_ms: time_ms - 61_000, kind: 'leak_on', title: 'cache is on', details: {} }],
  in_flight: [{ method: 'GET', path: '/api/data?<b>|x', age_seconds: 0.1 }],
  allocations: {
    time_ms,
    since_ms: time_ms - 60_000,
    began_anew_ms: null,
    pid: 4711,
    growing: [
      {
        location: 'features/response-cache.ts:41 keep',
        file: 'features/response-cache.ts',
        line: 41,
        function: 'keep',
        size_bytes: 190 * megabyte,
        count: 12_000,
        growth_bytes: 180 * megabyte,
        growth_count: 11_000,
      },
    ],
    given_back: [],
    total_bytes: 200 * megabyte,
    total_growth_bytes: 180 * megabyte,
  },
  bytes_per_request: { low: 16_100, value: 16_384, high: 16_700 },
  bytes_per_second: { low: 3 * megabyte, value: 3.1 * megabyte, high: 3.2 * megabyte },
  report: null,
  leaks: [
    {
      id: 'cache',
      enabled: true,
      entries: 12_000,
      retained_bytes: 1,
      bytes_per_request: 16_384,
      unit: 'request',
      one_in: 1,
    },
  ],
};
const engine = {
  container: 'abcdef012345',
  events: [{ time_ms: time_ms + 300, action: 'die', exit_code: 137 }],
  exit_code: 137,
  oom_killed: true,
  restart_count: 1,
} as const;

describe('a post-mortem', () => {
  it('says how it ended and how that is known, how it grew, the minute before, the line', () => {
    const text = asText({ death, engine: null });
    expect(text).toMatch(/^Death 3 of the service, 2026-03-01 10:00:00 UTC/);
    expect(text).toMatch(/ended by {3}killed, most likely for want of memory/);
    expect(text).toMatch(/known by {3}inferred: no report/);
    expect(text).toMatch(/memory {5}250 MB of 256 MB at the last reading/);
    expect(text).toMatch(/a request {2}16,384 bytes \(95 %: 16,100 bytes to 16,700 bytes\)/);
    expect(text).toMatch(/-61 s {6}cache is on/);
    expect(text).toMatch(/features\/response-cache\.ts:41 keep +180\.0/);
    // The last reading stands in the table, whatever is left out before it.
    expect(text).toMatch(/\n +-?0 +250 +– +200 /);
    expect(text.split('\n').length).toBeLessThan(45);
  });

  it('on Docker ends with what the engine knows in place of what was inferred', () => {
    const text = asText({ death, engine });
    expect(text).toMatch(/ended by {3}killed by the kernel for want of memory/);
    expect(text).toMatch(/known by {3}the engine saw it: out of memory, exit 137; the console: inferred/);
    expect(text).toMatch(/exit {7}137/);
    expect(text).toMatch(/die 137 10:00:00\.300/);
  });

  it('as Markdown has headings and tables, and nothing of a path makes markup', () => {
    const text = asMarkdown({ death, engine });
    expect(text).toMatch(/^# Death 3/);
    expect(text).toMatch(/\n## How it ended\n\n- \*\*ended by\*\*: killed by the kernel/);
    expect(text).toMatch(/\n\| s \| memory MB \|[^\n]*\n\|---\|---\|/);
    expect(text).toContain('\\<b\\>');
    expect(text).not.toMatch(/<b>/);
  });
});
