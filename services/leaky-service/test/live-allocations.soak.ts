import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeFigures } from '../../../test/soak/figures.ts';
import { Trials } from '../../../test/soak/trials.ts';
import type { RunningService } from '../../../test/support/processes.ts';
import {
  type Diff,
  isFound,
  keepers,
  searchLeak,
  small_bytes,
  startForSearch,
  startSlowUpstream,
} from './leak-search.ts';
import { get, post } from './load.ts';

/** The search of lab 16 in a service just started, so often for each leak; then with ten times the requests. */
const tries = 100;
const few = 200;
const many = 2_000;

interface Search {
  readonly leak: string;
  readonly foundAfterFew: boolean;
  readonly foundAfterMany: boolean;
  /** The lines that were first in its stead. */
  readonly others: readonly string[];
  /** What the leak's line has grown by after the many requests, for each byte that was leaked. */
  readonly sizeShare: number;
  readonly pause_ms: number;
}

const leaks = Object.keys(keepers);
const searches = new Trials<Search>('live-allocations', tries * leaks.length);

let upstream: RunningService;
beforeAll(async () => {
  upstream = await startSlowUpstream();
});
afterAll(() => upstream.stop());
afterAll(() =>
  writeFigures('live-allocations', "The leak's own line is the first that grew", table(searches.done)),
);

it(`the leak's line is the first that grew in 95 of ${tries} tries after ${few} requests, and always after ${many}`, async () => {
  while (searches.goesOn) searches.add(await search(leaks[searches.done.length % leaks.length] as string));
  const done = searches.complete();
  for (const leak of leaks) {
    const own = done.filter((one) => one.leak === leak);
    expect(own.filter(({ foundAfterFew }) => foundAfterFew).length, leak).toBeGreaterThanOrEqual(
      tries * 0.95,
    );
    expect(own.filter(({ foundAfterMany }) => !foundAfterMany)).toEqual([]);
    // A hundred figures that are right on average are 1 % off together.
    expect(mean(own.map(({ sizeShare }) => sizeShare)), leak).toBeCloseTo(1, 1);
  }
});

async function search(leak: string): Promise<Search> {
  const service = await startForSearch(upstream);
  try {
    const afterFew = await searchLeak(service.url, leak, few);
    await post(service.url, '/admin/reset');
    const afterMany = await searchLeak(service.url, leak, many);
    const { pause_seconds } = await get<{ pause_seconds: number }>(service.url, '/admin/memory/snapshot');
    const own = afterMany.growing_allocations.find((_, at, all) =>
      isFound(leak, { ...afterMany, growing_allocations: all.slice(at) }),
    );
    return {
      leak,
      foundAfterFew: isFound(leak, afterFew),
      foundAfterMany: isFound(leak, afterMany),
      others: [afterFew, afterMany].filter((diff) => !isFound(leak, diff)).map(firstOf),
      sizeShare: ((own?.size_diff_kb ?? 0) * 1024) / (many * small_bytes),
      pause_ms: pause_seconds * 1000,
    };
  } finally {
    await service.stop();
  }
}

const firstOf = ({ growing_allocations: [first] }: Diff): string => first?.location ?? 'nothing';

function table(done: readonly Search[]): string[] {
  const rows = leaks.map((leak) => {
    const own = done.filter((one) => one.leak === leak);
    const shares = own.map(({ sizeShare }) => sizeShare);
    const pauses = own.map(({ pause_ms }) => pause_ms).toSorted((a, b) => a - b);
    return [
      `| \`${leak}\``,
      own.length,
      own.filter(({ foundAfterFew }) => foundAfterFew).length,
      own.filter(({ foundAfterMany }) => foundAfterMany).length,
      `${mean(shares).toFixed(2)} ± ${deviation(shares).toFixed(2)}`,
      `${Math.round(pauses[pauses.length >> 1] ?? Number.NaN)} ms`,
      `${[...new Set(own.flatMap(({ others }) => others))].join(', ')} |`,
    ].join(' | ');
  });
  return [
    'A leak of 10 KB a request; each search in a service just started, the longer one after a reset. Size: what its line is',
    `said to hold after ${many} requests, as a share of what was leaked: mean and standard deviation of one search.`,
    '',
    `| leak | searches | found after ${few} requests | after ${many} | size | pause of a reading, median | first instead |`,
    '|---|---|---|---|---|---|---|',
    ...rows,
  ];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};
