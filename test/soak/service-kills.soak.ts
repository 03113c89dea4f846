import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LabCommand, until, untilAnswer } from '../embedded/support/lab-command.ts';
import { ConsoleWatch } from './console-watch.ts';
import { writeFigures } from './figures.ts';
import { halfOnes } from './half-snapshots.ts';
import { Trials } from './trials.ts';

const kills = 100;
const longest_life_ms = 12_000;

interface Kill {
  /** From the last sample of the life to the kill. */
  readonly last_sample_before_ms: number;
  /** The longest time between two samples of the life. */
  readonly longest_gap_ms: number;
  readonly lost: number;
  readonly records: number;
  readonly during_snapshot: boolean;
  readonly half: readonly string[];
}

it('100 kills of the service at random moments under load lose nothing', async () => {
  const trials = new Trials<Kill>('service-kills', kills);
  const lab = new LabCommand();
  const { console, service } = await lab.up();
  const watch = new ConsoleWatch(console.url);
  watch.load(5);
  const load = lab.start('load', '--engine', 'autocannon', '--rate', '200');
  let pid = service.process?.pid ?? 0;
  try {
    while (trials.goesOn) {
      trials.add(await killOnce(lab, watch, pid));
      pid = await nextPid(lab, pid);
    }
  } finally {
    load.kill('SIGINT');
    await watch.stop();
    await lab.end();
  }
  const done = trials.complete();
  const atMost_s = Math.max(...plain(done).map((kill) => kill.last_sample_before_ms)) / 1000;
  const sum = (what: (kill: Kill) => number) => done.reduce((total, kill) => total + what(kill), 0);
  writeFigures('service-kills', 'The service killed at random moments, console and service under load', [
    '| what | |',
    '|---|---|',
    `| kills (SIGKILL), of them during a snapshot | ${done.length}, ${done.length - plain(done).length} |`,
    `| written samples lost | ${sum(({ lost }) => lost)} |`,
    `| from the last sample to the kill, at most (no snapshot under way) | ${atMost_s.toFixed(1)} s |`,
    `| deaths recorded not once | ${done.filter(({ records }) => records !== 1).length} |`,
    `| half snapshots under a whole one's name | ${sum(({ half }) => half.length)} |`,
  ]);
  expect(sum(({ lost }) => lost)).toBe(0);
  expect(done.filter(({ records }) => records !== 1)).toEqual([]);
  expect(done.flatMap(({ half }) => half)).toEqual([]);
  // While it captures, it answers nobody: no sample can be had.
  expect(atMost_s).toBeLessThan(2);
});

const plain = (done: readonly Kill[]) => done.filter(({ during_snapshot }) => !during_snapshot);

async function killOnce(lab: LabCommand, watch: ConsoleWatch, pid: number): Promise<Kill> {
  const begun = Date.now();
  const earlier = (await watch.deaths()).length;
  await pause(1500 + Math.random() * longest_life_ms);
  const during_snapshot = Math.random() < 0.3;
  if (during_snapshot) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    void fetch(`${watch.url}/api/snapshots`, init).catch(() => undefined);
    await pause(Math.random() * 600);
  }
  const written = await watch.sampleTimes(begun);
  const killed_ms = Date.now();
  process.kill(pid, 'SIGKILL');
  await until('the lab to notice', () => lab.deaths().some((death) => death.pid === pid));
  await untilAnswer('the console to record the death', async () => (await watch.deaths()).length > earlier);
  // Long enough for a second record of the same death.
  await pause(1000);
  const times = (await watch.sampleTimes(begun)).filter((time) => time <= killed_ms);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return {
    last_sample_before_ms: killed_ms - (times.at(-1) ?? begun),
    longest_gap_ms: Math.max(0, ...gaps),
    lost: written.filter((time) => !times.includes(time) && time <= killed_ms).length,
    records: (await watch.deaths()).filter((death) => death.pid === pid).length,
    during_snapshot,
    half: halfOnes(join(lab.folder, 'shared', 'snapshots')),
  };
}

/** The next process of the service, when it answers. */
async function nextPid(lab: LabCommand, before: number): Promise<number> {
  const pid = await until('the next process', () => {
    const next = lab.state().service.process?.pid;
    return next !== before && next;
  });
  const { url } = lab.state().service;
  await untilAnswer('the service to answer', async () => (await fetch(`${url}/health`)).ok);
  return pid;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
