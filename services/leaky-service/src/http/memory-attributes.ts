import { getHeapStatistics } from 'node:v8';
import type { Attributes } from '@opentelemetry/api';

/**
 * What a hunt for a leak wants to know of a request beside HTTP: how many bytes the heap and what it owns outside took
 * when the request was over, garbage included (resident memory would cost ten times as much), and which leaks were on,
 * as far as `leaksOn` tells.
 */
export function memoryAttributes(leaksOn: () => readonly string[]): () => Attributes {
  const usedMemory = usedMemoryReader();
  return () => {
    const attributes: Attributes = { 'process.memory.used_after': usedMemory() };
    const on = leaksOn();
    if (on.length > 0) attributes['leak.ids'] = [...on];
    return attributes;
  };
}

/** Requests that end within it of each other share a reading: under full load some twenty, at 200 a second none. */
const fresh_ms = 1;

/** Reads bytes in use, at most once in `fresh_ms`. */
function usedMemoryReader(): () => number {
  let read_ms = Number.NEGATIVE_INFINITY;
  let used_bytes = 0;
  return () => {
    const now_ms = performance.now();
    if (now_ms - read_ms > fresh_ms) {
      const { used_heap_size, external_memory } = getHeapStatistics();
      used_bytes = used_heap_size + external_memory;
      read_ms = now_ms;
    }
    return used_bytes;
  };
}
