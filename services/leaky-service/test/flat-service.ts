import { type RunningService, startLeakyService, startUpstream } from '../../../test/support/processes.ts';
import type { Leak } from '../src/leaks/leak.ts';
import { growthPerRequest, keepCode, post, type Sending, sendRequests } from './load.ts';

/** What a request may leave behind where nothing is kept of it, bytes. */
export const most_bytes = 20;

/** Requests before the first reading and between the two: enough to tell 20 bytes from noise. */
export interface Amounts {
  readonly warmUp: number;
  readonly measured: number;
}

/** A service that has served 2,000 requests, and an upstream that answers at once: what calls it does so all the time. */
export async function startFlat(): Promise<{ service: RunningService; stop(): Promise<unknown> }> {
  const upstream = await startUpstream({ env: { LATENCY_MS: '0' } });
  const env = { UPSTREAM_URL: upstream.url, LOG_LEVEL: 'warn' };
  const service = await startLeakyService({ env, nodeFlags: [keepCode] });
  await sendRequests(service.url, 2_000);
  return { service, stop: () => Promise.all([service.stop(), upstream.stop()]) };
}

/** What each of many requests leaves behind with the fixed ones of `leaks` on, bytes. */
export async function growthWithFixed(
  url: string,
  leaks: readonly Pick<Leak, 'id' | 'unit'>[],
  { warmUp, measured }: Amounts,
  sending: Sending,
): Promise<number> {
  for (const { id, unit } of leaks) {
    // Of its usual size, an event would take too long for so many.
    const size = unit === 'event' && { bytes_per_request: 10_240 };
    await post(url, `/admin/leaks/${id}`, { enabled: true, variant: 'fixed', ...size });
  }
  await sendRequests(url, warmUp, sending);
  const grown_bytes = await growthPerRequest(url, measured, sending);
  for (const { id } of leaks) await post(url, `/admin/leaks/${id}`, { enabled: false });
  return grown_bytes;
}
