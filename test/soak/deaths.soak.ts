import { expect, it } from 'vitest';
import { untilAnswer } from '../embedded/support/lab-command.ts';
import { driveToDeath } from '../stack/life.ts';
import { startsOfBystanders } from '../stack/observe.ts';
import { firstFiring, readSamples, valueAt } from '../stack/prometheus.ts';
import { openStack, type Stack } from '../stack/stack.ts';
import { leaks } from '../support/leaks.ts';
import { writeFigures } from './figures.ts';
import { Trials } from './trials.ts';

const deaths = 10;
const limit_bytes = 256 * 2 ** 20;

interface Death {
  readonly leak: string;
  /** Share of the limit in use when MemoryLeakSuspected began to fire. */
  readonly suspected_at: number;
  /** From MemoryLimitSoon to the kill. */
  readonly notice_seconds: number;
  /** From the answer of the next process to its first sample. */
  readonly gap_seconds: number;
  readonly starts_seen: number;
  /** Restarts of the collector and Jaeger. */
  readonly touched: number;
}

it('ten kills under load on Docker: each is told before, seen after, and nothing beside it is touched', async () => {
  const trials = new Trials<Death>('deaths', deaths);
  const stack = await openStack();
  try {
    const bystanders = await startsOfBystanders(stack);
    while (trials.goesOn)
      trials.add(await dieOnce(stack, leaks[trials.done.length % leaks.length]?.id ?? 'cache', bystanders));
  } finally {
    await stack.close();
  }
  const done = trials.complete();
  const most = (what: (death: Death) => number) => Math.max(...done.map(what));
  const least = (what: (death: Death) => number) => Math.min(...done.map(what));
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  writeFigures('deaths', 'The service killed under load on Docker, the leaks in turn', [
    '| what | |',
    '|---|---|',
    `| kills | ${done.length} |`,
    `| \`MemoryLeakSuspected\` at, of the limit | ${percent(least((one) => one.suspected_at))} to ${percent(most((one) => one.suspected_at))} |`,
    `| \`MemoryLimitSoon\` before the kill | ${least((one) => one.notice_seconds).toFixed(0)} to ${most((one) => one.notice_seconds).toFixed(0)} s |`,
    `| first sample after the return, at most | ${most((one) => one.gap_seconds).toFixed(1)} s |`,
    `| deaths that Prometheus did not see once | ${done.filter((one) => one.starts_seen !== 2).length} |`,
    `| restarts of collector and Jaeger | ${most((one) => one.touched)} |`,
  ]);
  expect(most((one) => one.suspected_at)).toBeLessThan(0.7);
  expect(least((one) => one.notice_seconds)).toBeGreaterThanOrEqual(20);
  expect(most((one) => one.gap_seconds)).toBeLessThan(10);
  expect(done.filter((one) => one.starts_seen !== 2 || one.touched > 0)).toEqual([]);
});

async function dieOnce(stack: Stack, leak: string, bystanders: readonly string[]): Promise<Death> {
  const { prometheus } = stack.url;
  const { loaded_seconds, died_seconds, back_seconds } = await driveToDeath(stack, leak);
  const read = async (selector: string, from_seconds: number) =>
    (await readSamples(prometheus, selector, from_seconds)).flatMap(({ points }) => points);
  const first = await untilAnswer('a sample of the next process', async () =>
    (await read('container_memory_usage_bytes', died_seconds)).find(([time]) => time > back_seconds),
  );
  const fired = async (alert: string) =>
    (await firstFiring(prometheus, alert, loaded_seconds, died_seconds)) ?? Number.NaN;
  const use = await read('container_memory_usage_bytes', loaded_seconds);
  const starts = await read('process_start_time_seconds{job="leaky-service"}', died_seconds - 20);
  const now = await startsOfBystanders(stack);
  return {
    leak,
    suspected_at: valueAt(use, await fired('MemoryLeakSuspected')) / limit_bytes,
    notice_seconds: died_seconds - (await fired('MemoryLimitSoon')),
    gap_seconds: first[0] - back_seconds,
    starts_seen: new Set(starts.map(([, start]) => start)).size,
    touched: now.filter((start, index) => start !== bystanders[index]).length,
  };
}
