import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample } from '@leak-lab/leak-verdict';
import { afterAll, describe, expect, it } from 'vitest';
import { noRequests } from './counts.ts';
import { judge } from './judge.ts';
import { type Plan, stressLine } from './live.ts';
import type { Outcome, Progress } from './procedure.ts';
import { endsOf, exitCode, reportFormat, reportLines, type StressReport } from './report.ts';
import { mayWrite, readReport } from './report-file.ts';

const megabyte = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'leak-lab-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A run of 4,000 requests that keep `kept` bytes each. */
function reportOf(kept: number, outcome: Outcome = { kind: 'complete' }): StressReport {
  const at = (phase: Sample['phase'], time_seconds: number, requests_total: number): Sample => ({
    ...{ phase, time_seconds, requests_total, collected: true, limit_bytes: 256 * megabyte },
    heap_bytes: 20 * megabyte + kept * requests_total,
  });
  const rest = (phase: Sample['phase'], from: number, requests: number) =>
    [0, 1, 2, 3, 4].map((second) => at(phase, from + second, requests));
  const load = (from: number, first: number) =>
    [1, 2, 3, 4, 5].map((part) => at('load', from + part, first + part * 400));
  const samples = [
    ...[rest('baseline', 0, 0), load(5, 0), rest('after', 11, 2_000)],
    ...[load(16, 2_000), rest('after', 22, 4_000), rest('idle', 30, 4_000)],
  ].flat();
  const counts = { ...noRequests, requests: 4_000, ok: 3_988, failed: 12, failures: { 'status 500': 12 } };
  return {
    ...{
      format: reportFormat,
      version: 1,
      began_at: '2026-11-21T12:00:00Z',
      cause_of_end: null,
      comparison: null,
    },
    configuration: {
      ...{ url: 'http://localhost:3000/', method: 'GET', payload: null, payload_bytes: 0, requests: 4_000 },
      ...{ workers: 10, keep_alive: true, threshold_bytes: 100, memory: 'a test' },
    },
    result: { counts, warmUp: noRequests, load_seconds: 8, seconds: 35, outcome, process: 1 },
    ...endsOf(samples),
    verdict: judge({ samples, outcome }),
    samples,
  };
}

it('prints results, the threshold, what failed, the idle readings and then the verdict', () => {
  const lines = reportLines(reportOf(1_000));
  expect(lines).toEqual(
    expect.arrayContaining([
      '  Total requests:      4,000, 12 failed',
      '  Throughput:          500 requests a second',
      '  Increase:            3.81 MB',
      '  Threshold:           LEAK DETECTED: 1,000 bytes per request',
      '  Failed requests: 12 answered 500',
    ]),
  );
  const [idle, verdict] = [lines.indexOf('Idle readings'), lines.indexOf('Verdict after idle')];
  expect(lines.slice(idle + 1, verdict - 1)).toHaveLength(5);
  expect(lines.at(-1)).toMatch(/^ {2}A leak: 1000 B for each request/);
});

it.each<[string, number, Outcome, number]>([
  ['stable', 0, { kind: 'complete' }, 0],
  ['a leak', 1_000, { kind: 'complete' }, 1],
  ['stable, but not to the end', 0, { kind: 'stopped' }, 2],
  ['a leak, stopped', 1_000, { kind: 'stopped' }, 1],
])('ends with a code: %s', (_, kept, outcome, code) => expect(exitCode(reportOf(kept, outcome))).toBe(code));

it('says how the target ended', () => {
  const ended: Outcome = {
    kind: 'ended',
    during: 'load',
    restarted: true,
    why: 'process 2 answers in its place',
  };
  const lines = reportLines({ ...reportOf(1_000, ended), cause_of_end: 'killed by the kernel' });
  expect(lines).toContain('The target ended (load): killed by the kernel. It was started again.');
  expect(lines).toContain('Verdict on what is known');
});

it('says that nothing was measured where the target ended while it warmed up', () => {
  const ended: Outcome = { kind: 'ended', during: 'baseline', restarted: false, why: 'process 7 is gone' };
  const report = { ...reportOf(1_000, ended), samples: [], ...endsOf([]) };
  expect(reportLines(report).join('\n')).toContain(
    'The target ended (baseline): process 7 is gone. That was after 0 requests to warm up: nothing was measured.',
  );
});

describe('a report that was kept', () => {
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('is read again', () => {
    const report = reportOf(1_000);
    const file = written('before.json', JSON.stringify(report));
    expect(readReport(file).verdict.bytes_per_request).toEqual(report.verdict.bytes_per_request);
  });

  it.each([
    ['half.json', JSON.stringify(reportOf(1_000)).slice(0, 500), /JSON/],
    ['other.json', '{"results": []}', /JSON of something else/],
    ['null.json', 'null', /JSON of something else/],
    [
      'broken.json',
      `{"format":"${reportFormat}","version":1,"verdict":{"finding":"leak","bytes_per_request":{}}}`,
      /broken/,
    ],
    [
      'future.json',
      `{"format":"${reportFormat}","version":9,"verdict":{"finding":"leak","bytes_per_request":null}}`,
      /another version/,
    ],
  ])('is none: %s', (name, text, words) => {
    const file = written(name, text);
    expect(() => readReport(file)).toThrow(words);
    expect(() => readReport(file)).toThrow(/cannot be compared with[\s\S]*--json > before\.json/);
  });

  it('is not there, or cannot be written', () => {
    expect(() => readReport(join(folder, 'none.json'))).toThrow(/ENOENT/);
    expect(() => mayWrite(join(folder, 'none', 'stress.xml'))).toThrow(/cannot be written/);
    expect(() => mayWrite(folder)).toThrow(/it is a folder/);
  });
});

it('shows a live line with memory, its growth, workers and how long it still takes', () => {
  const plan: Plan = {
    workers: 10,
    rest: { readings: 5, interval_seconds: 1 },
    idle: { readings: 10, interval_seconds: 3 },
  };
  const progress: Progress = {
    phase: 'load',
    elapsed_seconds: 12,
    counts: { ...noRequests, requests: 1_000, ok: 990, failed: 10 },
    requests_planned: 5_000,
    reading: { used_bytes: 90 * megabyte, limit_bytes: 256 * megabyte },
    initial: { used_bytes: 80 * megabyte },
    number: undefined,
    rests_done: 1,
    load_seconds: 2,
  };
  // 8 s of load, two rests of 5 s, and 30 s idle.
  expect(stressLine(progress, plan)).toBe(
    '12 s  load  1,000 of 5,000 requests (10 failed)  memory 90 MB of 256 MB (+10 MB)  10 workers  ~48 s left',
  );
});
