import { expect, it } from 'vitest';
import { writeFigures } from '../../../test/soak/figures.ts';
import { isFound, keepers, searchLeak, startForSearch } from './leak-search.ts';
import { get, post } from './load.ts';

/** The search of lab 16 in a service just started, so often for each leak; then with ten times the requests. */
const tries = 100;
const few = 200;
const many = 2_000;

const found: Record<string, { few: number; many: number; others: string[]; pauses_ms: number[] }> = {};

it.each(Object.keys(keepers))(
  `%s is the first growing line in 95 of ${tries} tries after ${few} requests, and always after ${many}`,
  async (leak) => {
    const tally = { few: 0, many: 0, others: [] as string[], pauses_ms: [] as number[] };
    found[leak] = tally;
    for (let attempt = 1; attempt <= tries; attempt++) {
      const { service, stop } = await startForSearch();
      try {
        const first = await searchLeak(service.url, leak, few);
        if (isFound(leak, first)) tally.few += 1;
        else tally.others.push(first.growing_allocations[0]?.location ?? 'nothing');
        await post(service.url, '/admin/reset');
        if (isFound(leak, await searchLeak(service.url, leak, many))) tally.many += 1;
        const reading = await get<{ pause_seconds: number }>(service.url, '/admin/memory/snapshot');
        tally.pauses_ms.push(reading.pause_seconds * 1000);
      } finally {
        await stop();
      }
    }
    writeFigures(
      'live-allocations',
      `The leak's own line is the first that grew, of ${tries} searches`,
      table(),
    );
    expect(tally.others.length).toBeLessThanOrEqual(tries * 0.05);
    expect(tally.many).toBe(tries);
  },
);

function table(): string[] {
  const rows = Object.entries(found).map(([leak, { few: afterFew, many: afterMany, others, pauses_ms }]) => {
    const sorted = pauses_ms.toSorted((a, b) => a - b);
    const pause = Math.round(sorted[sorted.length >> 1] ?? Number.NaN);
    return `| \`${leak}\` | ${afterFew} | ${afterMany} | ${pause} ms | ${[...new Set(others)].join(', ')} |`;
  });
  return [
    `A leak of 10 KB a request; each search in a service just started, the longer one after a reset.`,
    '',
    `| leak | after ${few} requests | after ${many} | pause of a reading, median | first instead |`,
    '|---|---|---|---|---|',
    ...rows,
  ];
}
