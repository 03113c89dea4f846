import autocannon from 'autocannon';
import { expect } from 'vitest';
import type { Now } from '../../services/console/src/api/contract.ts';
import { ask } from '../embedded/support/ask.ts';
import { untilAnswer } from '../embedded/support/lab-command.ts';
import { ConsoleWatch } from './console-watch.ts';
import { writeFigures } from './figures.ts';
import { Trials } from './trials.ts';

/** A lab somewhere, as processes or on Docker, whose service can be killed. */
export interface KillHost {
  /** The part of the soak. */
  readonly part: string;
  readonly where: string;
  readonly consoleUrl: string;
  /** Where the service answers now. */
  serviceUrl(): string;
  /** Sends SIGKILL to the service, and says when. */
  kill(): Promise<number>;
  /** Snapshots on the shared volume under their own name that are not whole. */
  halfSnapshots(): Promise<readonly string[]>;
}

interface Kill {
  /** From the last sample of the life to the kill. */
  readonly last_sample_before_ms: number;
  readonly lost: number;
  readonly records: number;
  readonly during_snapshot: boolean;
  readonly half: readonly string[];
}

const longest_life_ms = 12_000;
const rate = 200;

/** Kills the service `wanted` times at random moments, the service and the console under load, and writes down what was lost. */
export async function killAtRandomMoments(host: KillHost, wanted = 100): Promise<void> {
  const trials = new Trials<Kill>(host.part, wanted);
  const watch = new ConsoleWatch(host.consoleUrl);
  watch.load(5);
  try {
    while (trials.goesOn) trials.add(await oneLife(host, watch));
  } finally {
    await watch.stop();
    report(host, trials);
  }
  const done = trials.complete();
  expect(done.filter(({ lost }) => lost > 0)).toEqual([]);
  expect(done.filter(({ records }) => records !== 1)).toEqual([]);
  expect(done.flatMap(({ half }) => half)).toEqual([]);
  // While it captures, it answers nobody: no sample can be had.
  expect(latest_ms(done)).toBeLessThan(2_000);
}

async function oneLife(host: KillHost, watch: ConsoleWatch): Promise<Kill> {
  await untilAnswer('the console to see the service', async () => {
    const { service } = await ask<Now>(`${host.consoleUrl}/api/now`);
    return service.state === 'up';
  });
  const load = autocannon({
    url: `${host.serviceUrl()}/api/data`,
    connections: 10,
    overallRate: rate,
    duration: 300,
  });
  try {
    return await killOnce(host, watch);
  } finally {
    (load as unknown as { stop(): void }).stop();
    await load;
  }
}

async function killOnce(host: KillHost, watch: ConsoleWatch): Promise<Kill> {
  const begun = Date.now();
  const earlier = new Set((await watch.deaths()).map(({ id }) => id));
  const deaths = async () => (await watch.deaths()).filter(({ id }) => !earlier.has(id));
  await pause(1_500 + Math.random() * longest_life_ms);
  const during_snapshot = Math.random() < 0.3;
  if (during_snapshot) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    void fetch(`${watch.url}/api/snapshots`, init).catch(() => undefined);
    await pause(Math.random() * 600);
  }
  const written = await watch.sampleTimes(begun);
  const killed_ms = await host.kill();
  await untilAnswer('the console to record the death', async () => (await deaths()).length > 0);
  await untilAnswer('the service to answer', async () => (await fetch(`${host.serviceUrl()}/health`)).ok);
  // Long enough for a second record of the same death.
  await pause(2_500);
  const times = (await watch.sampleTimes(begun)).filter((time) => time <= killed_ms);
  return {
    last_sample_before_ms: killed_ms - (times.at(-1) ?? begun),
    lost: written.filter((time) => !times.includes(time) && time <= killed_ms).length,
    records: (await deaths()).length,
    during_snapshot,
    half: await host.halfSnapshots(),
  };
}

function report({ part, where }: KillHost, { done, wanted }: Trials<Kill>): void {
  const sum = (what: (kill: Kill) => number) => done.reduce((total, kill) => total + what(kill), 0);
  writeFigures(part, `The service killed at random moments, console and service under load, ${where}`, [
    ...(done.length < wanted
      ? [`**Cut off after ${done.length} of ${wanted}**; the same command goes on.`, '']
      : []),
    '| what | |',
    '|---|---|',
    `| kills (SIGKILL), of them during a snapshot | ${done.length}, ${done.length - plain(done).length} |`,
    `| written samples lost | ${sum(({ lost }) => lost)} |`,
    `| from the last sample to the kill, at most (no snapshot under way) | ${(latest_ms(done) / 1000).toFixed(1)} s |`,
    `| deaths recorded not once | ${done.filter(({ records }) => records !== 1).length} |`,
    `| half snapshots under a whole one's name | ${sum(({ half }) => half.length)} |`,
  ]);
}

const plain = (done: readonly Kill[]) => done.filter(({ during_snapshot }) => !during_snapshot);
const latest_ms = (done: readonly Kill[]) =>
  Math.max(...plain(done).map((kill) => kill.last_sample_before_ms));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
