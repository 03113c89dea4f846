import { type RunningService, startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import { get, post, sendRequests } from './load.ts';

export interface GrowingAllocation {
  readonly location: string;
  readonly file: string;
  readonly function: string;
  readonly size_diff_kb: number;
  readonly count_diff: number;
  readonly current_size_kb: number;
}

export interface Diff {
  readonly status: 'baseline_set' | 'diff_computed';
  readonly total_growth_mb: number;
  readonly growing_allocations: readonly GrowingAllocation[];
  readonly shrunk_allocations: readonly GrowingAllocation[];
}

/** Where each leak of the heap keeps what it keeps. */
export const keepers: Readonly<Record<string, { readonly file: string; readonly function: string }>> = {
  cache: { file: 'features/response-cache.ts', function: 'handle' },
  listeners: { file: 'features/order-views.ts', function: 'handle' },
  history: { file: 'features/request-history.ts', function: 'handle' },
  expired: { file: 'features/price-quotes.ts', function: 'handle' },
  closures: { file: 'features/refresh-ahead.ts', function: 'handle' },
};

/** The smallest leak that must be found, bytes a request. */
export const small_bytes = 10 * 1024;

/** What `PROFILE_INTERVAL_BYTES` is by default. */
export const interval_bytes = 262_144;

/**
 * How far what the samples say may be from the truth. V8 meets one object for each interval on average, by chance: the
 * samples' number is Poisson's, and their sum of `bytes` has the standard deviation `sqrt(bytes * interval)` (60 MB are 240
 * samples, give or take 15). Four of them: one true reading in 16,000 is farther off.
 */
export const chance_bytes = (bytes: number): number => 4 * Math.sqrt(bytes * interval_bytes);

/** An upstream so slow that whatever waits for it stays. */
export const startSlowUpstream = (): Promise<RunningService> =>
  startUpstream({ env: { LATENCY_MS: '60000' } });

export const startForSearch = (upstream: RunningService): Promise<RunningService> =>
  startLeakyService({ env: { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn' } });

export const readDiff = (url: string, query = ''): Promise<Diff> =>
  get<Diff>(url, `/admin/memory/diff${query}`);

/** As lab 16 searches: a first reading, the leak on, requests, a second reading. */
export async function searchLeak(url: string, leak: string, requests: number): Promise<Diff> {
  await readDiff(url);
  await post(url, `/admin/leaks/${leak}`, { enabled: true, bytes_per_request: small_bytes });
  await sendRequests(url, requests);
  return readDiff(url);
}

/** Whether the first growing line is the leak's own. */
export function isFound(leak: string, { growing_allocations: [first] }: Diff): boolean {
  const keeper = keepers[leak];
  return first?.file === keeper?.file && first?.function === keeper?.function;
}
