import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/stress/judge.ts';
import { NoReading, type Reading } from '../../src/stress/memory-reader.ts';
import { type ProcedureOptions, type Progress, runProcedure } from '../../src/stress/procedure.ts';
import { Sender } from '../../src/stress/sender.ts';
import { countingServer, memoryOf } from './counting-server.ts';

const megabyte = 2 ** 20;
const start_bytes = 20 * megabyte;
const quick = {
  settle_seconds: 0,
  rest: { readings: 5, interval_seconds: 0.002 },
  idle: { readings: 5, interval_seconds: 0.002 },
};

/** Runs the procedure on a server in this process whose memory is what `bytes` makes of its requests. */
async function run(
  bytes: (requests: number) => Reading,
  {
    answer,
    timeout_seconds,
    ...more
  }: Partial<ProcedureOptions> & { answer?: RequestListener; timeout_seconds?: number } = {},
) {
  await using server = await countingServer(answer);
  const sender = new Sender(
    { url: server.url, method: 'GET' },
    { workers: 5, timeout_seconds: timeout_seconds ?? 10, signal: more.signal },
  );
  const reader = memoryOf(() => bytes(server.requests));
  const result = await runProcedure({ reader, sender, requests: 2_000, warmUp: 100, ...quick, ...more });
  return { result, verdict: judge(result), server };
}

const keeping = (kept: number) => (requests: number) => ({ heap_bytes: start_bytes + kept * requests });

describe('a server that answers', () => {
  it('is read before, under, between and after two equal loads', async () => {
    const seen: Progress[] = [];
    const { result } = await run(keeping(0), { onProgress: (progress) => seen.push(progress), parts: 4 });
    const runs = result.samples.reduce<string[]>((phases, { phase }) => {
      if (phase && phases.at(-1) !== phase) phases.push(phase);
      return phases;
    }, []);
    expect(runs).toEqual(['baseline', 'load', 'after', 'load', 'after', 'idle']);
    const rests = result.samples.filter(({ phase }) => phase === 'after');
    expect(rests.map(({ requests_total }) => requests_total)).toEqual(
      [1, 1, 1, 1, 1, 2, 2, 2, 2, 2].map((load) => load * 1_000),
    );
    expect(result.samples.filter(({ phase, collected }) => phase === 'load' && collected)).toHaveLength(6);
    expect(result.outcome).toEqual({ kind: 'complete' });
    expect(seen.at(-1)).toMatchObject({ phase: 'idle', number: 5, requests_planned: 2_000 });
  });

  it('and keeps something of each request leaks that', async () => {
    const { verdict } = await run(keeping(900));
    expect(verdict).toMatchObject({ finding: 'leak', unit: 'request', where: 'heap', requests: 2_000 });
    expect(verdict.bytes_per_request?.value).toBeCloseTo(900, 0);
  });

  it('and keeps nothing is stable', async () => {
    expect((await run(keeping(0))).verdict.finding).toBe('stable');
  });

  it('is not judged by what it takes to warm up', async () => {
    const { verdict, result } = await run((requests) => ({
      heap_bytes: start_bytes + 50_000 * Math.min(100, requests),
    }));
    expect(verdict.finding).toBe('stable');
    expect([result.warmUp.requests, result.counts.requests]).toEqual([100, 2_000]);
  });

  it('with 500 to half is judged, and those are told apart', async () => {
    let asked = 0;
    const answer: RequestListener = (_, response) => {
      asked += 1;
      response.statusCode = asked % 2 === 0 ? 500 : 200;
      response.end();
    };
    const { verdict, result } = await run(keeping(900), { answer });
    expect(result.counts).toMatchObject({ requests: 2_000, ok: 1_000, failures: { 'status 500': 1_000 } });
    expect(verdict).toMatchObject({ finding: 'leak', failed_requests: 1_000 });
    expect(verdict.sentence).toContain('1,000 of 2,000 requests failed.');
  });
});

describe('a server that does not', () => {
  it('to any request is not measured', async () => {
    const answer: RequestListener = (_, response) => void response.writeHead(404).end();
    const { result } = await run(keeping(0), { answer });
    expect(result.outcome).toEqual({
      kind: 'silent',
      during: 'warm-up',
      why: 'none of 100 requests succeeded: 100 answered 404',
    });
  });

  it('any more from the middle on: nothing is said that was not measured', async () => {
    let asked = 0;
    const answer: RequestListener = (_, response) => {
      asked += 1;
      if (asked < 700) response.end();
    };
    const { result, verdict } = await run(keeping(900), { answer, timeout_seconds: 0.1 });
    expect(result.outcome).toMatchObject({ kind: 'silent', during: 'load' });
    expect(result.counts.failures['timed out']).toBeGreaterThan(0);
    expect(verdict.finding).toBe('not enough data');
  });

  it('since it was killed: at which memory, after how many requests, and what each kept', async () => {
    const limit_bytes = 60 * megabyte;
    const dies_at = 1_300;
    const full: Reading = { limit_bytes, used_bytes: 58 * megabyte };
    const memory = (requests: number): Reading => {
      if (requests > dies_at) throw new NoReading('it is gone', { gone: true });
      return {
        ...full,
        heap_bytes: start_bytes + 30_000 * requests,
        used_bytes: start_bytes + 30_000 * requests,
      };
    };
    const { result, verdict } = await run(memory);
    expect(result.outcome).toEqual({ kind: 'ended', during: 'load', restarted: false, why: 'it is gone' });
    expect(verdict).toMatchObject({ finding: 'leak', deaths: [{ killed: true, limit_bytes }] });
    expect(verdict.bytes_per_request?.value).toBeCloseTo(30_000, -2);
    expect(verdict.sentence).toMatch(
      /^The process was killed at 5\d(\.\d)? MB of 60 MB after 1,[012]00 requests\. A leak: /,
    );
  });

  it('but another process in its place: what it read of the first one counts', async () => {
    const memory = (requests: number): Reading => ({
      ...keeping(900)(requests),
      process: requests < 1_500 ? 1 : 2,
    });
    const { result } = await run(memory);
    expect(result.outcome).toMatchObject({ kind: 'ended', restarted: true });
    expect(new Set(result.samples.map(({ process }) => process))).toEqual(new Set([1]));
  });
});

it('ends with what is known when it is told to', async () => {
  const stopping = new AbortController();
  const onProgress = ({ phase, number }: Progress) => {
    if (phase === 'after' && number === 2) stopping.abort();
  };
  const { result, verdict } = await run(keeping(900), { signal: stopping.signal, onProgress });
  expect(result.outcome).toEqual({ kind: 'stopped' });
  expect(result.counts.requests).toBe(1_000);
  expect(verdict.finding).toBe('not enough data');
});

it('tries again where a reading fails for a moment', async () => {
  let readings = 0;
  const memory = (requests: number): Reading => {
    readings += 1;
    if (readings === 12) throw new NoReading('busy');
    return keeping(900)(requests);
  };
  expect((await run(memory)).result.outcome).toEqual({ kind: 'complete' });
});
