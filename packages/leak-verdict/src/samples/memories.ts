import { finiteOrNull } from './counters.ts';
import type { Sample } from './sample.ts';

/** A kind of memory that is judged by itself. */
export type Kind = 'held' | 'resident' | 'beside the heap' | 'remote';

/** How coarsely a kind of memory moves, bytes. */
export interface Coarseness {
  /** Growth below this is no growth of the program's: code that is compiled, pages and arenas that are taken whole. */
  readonly grain_bytes: number;
  /** By so much a level that stays may be misread. */
  readonly error_bytes: number;
  /** So much is taken from the system at once: an arena. */
  readonly lump_bytes: number;
}

const kilobyte = 1024;

/** Heap of a runtime that collects is exact after a collection; resident memory is taken in arenas and not given back. */
export const coarseness: Readonly<Record<Kind, Coarseness>> = {
  held: { grain_bytes: 192 * kilobyte, error_bytes: 48 * kilobyte, lump_bytes: 0 },
  remote: { grain_bytes: 192 * kilobyte, error_bytes: 48 * kilobyte, lump_bytes: 0 },
  resident: { grain_bytes: 1024 * kilobyte, error_bytes: 64 * kilobyte, lump_bytes: 256 * kilobyte },
  'beside the heap': { grain_bytes: 8 * 1024 * kilobyte, error_bytes: 0, lump_bytes: 0 },
};

/** What is in use now, garbage included; `null` where it was not read. */
export function rawBytes(sample: Sample, kind: Kind): number | null {
  const heap = finiteOrNull(sample.heap_bytes);
  const external = finiteOrNull(sample.external_bytes);
  switch (kind) {
    case 'held':
      return heap === null ? null : heap + (external ?? 0);
    case 'remote':
      return finiteOrNull(sample.remote_bytes);
    case 'resident':
      return finiteOrNull(sample.resident_bytes) ?? finiteOrNull(sample.used_bytes);
    case 'beside the heap': {
      const resident = finiteOrNull(sample.resident_bytes);
      const committed = finiteOrNull(sample.heap_committed_bytes);
      return resident === null || committed === null ? null : resident - committed - (external ?? 0);
    }
  }
}

/** Heap and external memory after the runtime's last full collection; `null` where it does not tell. */
export function toldBytes(sample: Sample): number | null {
  const heap = finiteOrNull(sample.heap_after_gc_bytes);
  return heap === null ? null : heap + (finiteOrNull(sample.external_after_gc_bytes) ?? 0);
}
