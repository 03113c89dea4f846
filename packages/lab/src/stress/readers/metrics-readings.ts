import type { Reading } from '../memory-reader.ts';
import { type Scrape, sumOf } from './prometheus-text.ts';

type Field = Exclude<keyof Reading, 'process'>;

/**
 * Under which names client libraries of several languages tell what is read, the surest first. Heap with its garbage is
 * not among them: whoever cannot collect it cannot tell it from what is held.
 */
const names: Readonly<Partial<Record<Field, readonly string[]>>> = {
  resident_bytes: [
    'process_resident_memory_bytes',
    'process_working_set_bytes',
    'process_memory_usage_bytes',
  ],
  used_bytes: ['container_memory_usage_bytes'],
  limit_bytes: ['container_memory_limit_bytes'],
  open_sockets: ['process_open_sockets', 'process_open_fds', 'process_files_open_files'],
  remote_bytes: ['redis_memory_used_bytes', 'valkey_memory_used_bytes'],
};

/** What a scrape tells of memory. */
export function readingOf(scrape: Scrape): Reading {
  const first = (of: readonly string[]): number | null =>
    of.map((name) => sumOf(scrape, name)).find((value) => value !== null) ?? null;
  const fields = Object.entries(names).map(([field, of]) => [field, first(of)] as const);
  const known = fields.filter(([, value]) => value !== null);
  return { ...Object.fromEntries(known), process: first(['process_start_time_seconds']) };
}

/** Whether there is memory in it that can be judged. */
export const tellsMemory = ({ resident_bytes, used_bytes }: Reading): boolean =>
  (resident_bytes ?? used_bytes ?? null) !== null;
