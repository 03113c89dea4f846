import type { Page } from 'playwright-core';
import type { SampleSeries } from '../../../services/console/src/api/contract.ts';

/** What a learner reads off the chart of a climb. */
export interface Measured {
  readonly bytes_per_request: number;
  readonly requests_per_second: number;
  readonly lowest_usage_bytes: number;
  readonly limit_bytes: number;
}

/** Reads the record since `from_ms`, of which the time after `climbs_ms` counts as climb. Throws where it has no two collections. */
export async function measure(
  page: Page,
  url: string,
  from_ms: number,
  climbs_ms: number,
): Promise<Measured> {
  const query = `from=${from_ms}&to=${Date.now()}&points=1200`;
  const { columns } = (await (await page.request.get(`${url}/api/samples?${query}`)).json()) as SampleSeries;
  const known = (name: 'usage_bytes' | 'limit_bytes') => columns[name].filter((value) => value !== null);
  const collections = columns.time_ms.flatMap((time_ms, row) => {
    const held = columns.heap_after_gc_bytes[row];
    const requests = columns.requests_total[row];
    const isNew = held !== columns.heap_after_gc_bytes[row - 1];
    if (!isNew || held == null || requests == null || time_ms == null || time_ms < climbs_ms) return [];
    return [{ time_ms, held, requests }];
  });
  const [first] = collections;
  const last = collections.at(-1);
  if (first === undefined || last === undefined || last.requests <= first.requests) {
    throw new Error(
      `Expected two collections with requests between them, got ${JSON.stringify(collections)}.`,
    );
  }
  const requests = last.requests - first.requests;
  return {
    bytes_per_request: (last.held - first.held) / requests,
    requests_per_second: (1000 * requests) / (last.time_ms - first.time_ms),
    lowest_usage_bytes: Math.min(...known('usage_bytes')),
    limit_bytes: known('limit_bytes').at(-1) ?? Number.NaN,
  };
}
