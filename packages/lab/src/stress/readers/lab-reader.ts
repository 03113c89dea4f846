import type { MemoryCgroup } from '@leak-lab/cgroup-memory';
import type { LabClient } from '../../lab-client.ts';
import { reasonOf } from '../../lab-error.ts';
import { type MemoryReader, NoReading, type Reading } from '../memory-reader.ts';
import { watchLife } from './cgroup-reading.ts';

export interface LabReaderOptions {
  /** The limit that the service does not see itself. */
  readonly limit_bytes?: number | undefined;
  /** Where the kernel accounts the service's memory, if this machine may look: the service itself may be too busy to say. */
  readonly cgroup?: MemoryCgroup | undefined;
}

/** Time for the lab to start the service again after a death. */
const patience_seconds = 20;

/** Reads the lab's service by its admin API; garbage is collected on demand. */
export function labReader(client: LabClient, { limit_bytes, cgroup }: LabReaderOptions = {}): MemoryReader {
  const asked = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (thrown) {
      throw new NoReading(reasonOf(thrown).split('\n')[0] ?? '');
    }
  };
  let life: { readonly pid: number; readonly look: () => Reading } | undefined;
  const reader: MemoryReader = {
    source: `the lab's service at ${client.url}: heap, buffers and sockets by its admin API, garbage collected before`,
    patience_seconds,
    async read(): Promise<Reading> {
      const { pid, started_at, process, container, remote, resources, reloads_total, ...gc } = await asked(
        client.sample(),
      );
      if (cgroup !== undefined && life?.pid !== pid)
        life = { pid, look: watchLife(cgroup, pid, limit_bytes) };
      return {
        process: `${pid}, started ${started_at}`,
        heap_bytes: process.heap_used_bytes,
        heap_committed_bytes: process.heap_total_bytes,
        external_bytes: process.external_bytes,
        heap_after_gc_bytes: gc.heap_used_after_gc_bytes,
        external_after_gc_bytes: gc.external_after_gc_bytes,
        full_gc_total: gc.major_gc_count,
        resident_bytes: process.rss_bytes,
        used_bytes: container?.working_set_bytes ?? null,
        limit_bytes: container?.limit_bytes ?? limit_bytes ?? null,
        open_sockets: resources.open_sockets,
        events_total: reloads_total,
        connections_total: resources.upstream_connections_opened_total,
        remote_bytes: remote?.used_memory_bytes ?? null,
        remote_limit_bytes: remote?.limit_bytes ?? null,
      };
    },
    async collect() {
      await asked(client.collectGarbage());
    },
  };
  if (cgroup === undefined) return reader;
  return { ...reader, watch: async () => life?.look() ?? reader.read() };
}
