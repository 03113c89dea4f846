import type { LabClient } from '../lab-client.ts';
import type { Look } from './life-log.ts';

/** The service's memory and who it is, at one moment. */
export interface ServiceLook {
  readonly service: Look['service'];
  readonly used_bytes: number | undefined;
  readonly limit_bytes: number | undefined;
}

/** Looks at the service once. `known_limit_bytes` stands in where the service sees no cgroup. */
export async function lookAt(client: LabClient, known_limit_bytes: number | undefined): Promise<ServiceLook> {
  try {
    const { process, container } = await client.memory();
    const used = container?.limit_bytes ? container.working_set_bytes : process.rss_bytes;
    return {
      service: { pid: process.pid, uptime_seconds: process.uptime_seconds },
      used_bytes: used,
      limit_bytes: container?.limit_bytes ?? known_limit_bytes,
    };
  } catch (error) {
    const late = error instanceof Error && /timeout|timed out/i.test(error.message);
    return { service: late ? 'slow' : 'gone', used_bytes: undefined, limit_bytes: known_limit_bytes };
  }
}
