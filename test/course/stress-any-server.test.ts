import { describe, expect, it } from 'vitest';
import { chooseReader } from '../../packages/lab/src/stress/choose-reader.ts';
import { judge } from '../../packages/lab/src/stress/judge.ts';
import type { ReadBy } from '../../packages/lab/src/stress/options.ts';
import { type Progress, runProcedure } from '../../packages/lab/src/stress/procedure.ts';
import { Sender } from '../../packages/lab/src/stress/sender.ts';
import { type ForeignServer, has, startGoServer, startPythonServer } from './support/foreign-servers.ts';

const go = has('go', 'version');
const python = has('python3', '--version');
const kilobyte = 1_024;

/** `./lab stress URL` as it is on a server that is not the lab's, but with shorter rests. */
async function measure(
  server: ForeignServer,
  requests: number,
  more: { readBy?: ReadBy; onProgress?: (of: Progress) => void } = {},
) {
  const target = {
    url: new URL(server.url),
    method: 'GET',
    payload: undefined,
    lab: undefined,
    requests,
    workers: 10,
  };
  const reader = await chooseReader(target, more.readBy, { embedded: undefined }, true);
  const sender = new Sender({ url: server.url, method: 'GET' }, { workers: 10 });
  const rest = { readings: 5, interval_seconds: 0.3 };
  const result = await runProcedure({ reader, sender, requests, rest, idle: rest, ...more });
  return { reader, result, verdict: judge(result) };
}

async function stress(server: ForeignServer, requests: number, readBy?: ReadBy) {
  const measured = await measure(server, requests, readBy && { readBy });
  expect(measured.result.counts).toMatchObject({ requests, failed: 0 });
  return measured;
}

/** The verdict; where one says how many more requests it wants, the one of a run that sends them as well. */
async function told(server: ForeignServer, requests: number) {
  const { verdict } = await stress(server, requests);
  if (verdict.finding !== 'not enough data') return verdict;
  expect(verdict.more, verdict.sentence).toMatchObject({ unit: 'request', amount: expect.any(Number) });
  return (await stress(server, requests + (verdict.more?.amount ?? 0))).verdict;
}

const leaksAKilobyte = (value: number | undefined): void => {
  expect(value).toBeGreaterThan(0.8 * kilobyte);
  expect(value).toBeLessThan(1.2 * kilobyte);
};

describe.skipIf(!go)('a Go server, where Go is installed', () => {
  it('that keeps 1 KB of each request leaks that, by its own heap profile', async () => {
    await using server = await startGoServer(true);
    const { reader, verdict } = await stress(server, 8_000);
    expect(reader.source).toContain('/debug/pprof/heap');
    expect(verdict).toMatchObject({ finding: 'leak', unit: 'request', where: 'heap', afterLoad: true });
    leaksAKilobyte(verdict.bytes_per_request?.value);
  });

  it('that keeps nothing does not', async () => {
    await using server = await startGoServer(false);
    expect(await told(server, 8_000)).toMatchObject({ finding: 'stable' });
  });

  it('is told by its resident memory too, where its collector leaves little garbage', async () => {
    await using server = await startGoServer(true, { GOGC: '10' });
    const { verdict } = await stress(server, 16_000, { by: 'pid', pid: server.pid });
    expect(verdict).toMatchObject({ finding: 'leak', unit: 'request', where: 'resident' });
    leaksAKilobyte(verdict.bytes_per_request?.value);
  });
});

describe.skipIf(!python)('a Python server, where Python 3 is installed', () => {
  it('that keeps 1 KB of each request leaks that, by the process that listens there', async () => {
    await using server = await startPythonServer(true);
    const { reader, verdict } = await stress(server, 12_000);
    expect(reader.source).toContain(`process ${server.pid} (python3`);
    expect(verdict).toMatchObject({ finding: 'leak', unit: 'request', where: 'resident', afterLoad: true });
    leaksAKilobyte(verdict.bytes_per_request?.value);
  });

  it('that keeps nothing does not', async () => {
    await using server = await startPythonServer(false);
    expect(await told(server, 12_000)).toMatchObject({ finding: 'stable' });
  });

  it('that is ended under load is gone: after how many requests, and nothing that was not measured', async () => {
    await using server = await startPythonServer(true);
    const onProgress = ({ phase, counts }: Progress) => {
      if (phase === 'load' && counts.requests >= 3_000) server.child.kill('SIGKILL');
    };
    const { result, verdict } = await measure(server, 20_000, { onProgress });
    expect(result.outcome).toMatchObject({ kind: 'ended', during: 'load', restarted: false });
    expect(verdict).toMatchObject({
      finding: 'not enough data',
      deaths: [{ killed: false, limit_bytes: null }],
    });
    expect(verdict.sentence).toMatch(
      /^The process ended at [\d.]+ MB after [34],\d{3} requests\. Not enough data: /,
    );
  });
});
