import type { LabClient } from '../lab-client.ts';
import type { Look } from './life-log.ts';

/** The limit that the service will meet first. */
export interface Bound {
  readonly of: 'memory' | 'heap';
  readonly limit_bytes: number | undefined;
}

/** The service's memory and who it is, at one moment. */
export interface ServiceLook {
  readonly service: Look['service'];
  readonly of: Bound['of'];
  readonly used_bytes: number | undefined;
  readonly limit_bytes: number | undefined;
}

/**
 * Which limit ends the service: V8's own where it was set clearly below the memory's, else the memory's.
 * `known_limit_bytes` stands in where the service sees no limit.
 */
export async function findBound(client: LabClient, known_limit_bytes: number | undefined): Promise<Bound> {
  const { heap, container } = await client.heapStatistics();
  const limit_bytes = container?.limit_bytes ?? known_limit_bytes;
  const clearlyBelow = 0.9;
  return limit_bytes !== undefined && heap.heap_size_limit_bytes < clearlyBelow * limit_bytes
    ? { of: 'heap', limit_bytes: heap.heap_size_limit_bytes }
    : { of: 'memory', limit_bytes };
}

/** Looks at the service once. */
export async function lookAt(client: LabClient, { of, limit_bytes }: Bound): Promise<ServiceLook> {
  try {
    const { process, container } = await client.memory();
    const memory_bytes = container?.limit_bytes ? container.working_set_bytes : process.rss_bytes;
    return {
      service: { pid: process.pid, uptime_seconds: process.uptime_seconds },
      of,
      used_bytes: of === 'heap' ? process.heap_used_bytes : memory_bytes,
      limit_bytes,
    };
  } catch (error) {
    const late = error instanceof Error && /timeout|timed out/i.test(error.message);
    return { service: late ? 'slow' : 'gone', of, used_bytes: undefined, limit_bytes };
  }
}
