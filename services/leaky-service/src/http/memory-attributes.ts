import { getHeapStatistics } from 'node:v8';
import type { Attributes } from '@opentelemetry/api';

/**
 * What a hunt for a leak wants to know of a request beside HTTP: how many bytes the heap and what it owns outside took
 * when the request was over, garbage included (1 µs; resident memory would cost thirty), and which leaks were on, where
 * that may be said.
 */
export function memoryAttributes(leaksOn?: () => readonly string[]): () => Attributes {
  return () => {
    const { used_heap_size, external_memory } = getHeapStatistics();
    const attributes: Attributes = { 'process.memory.used_after': used_heap_size + external_memory };
    const on = leaksOn?.() ?? [];
    if (on.length > 0) attributes['leak.ids'] = [...on];
    return attributes;
  };
}
