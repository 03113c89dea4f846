import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { ContainerMemory } from '../memory/container.ts';
import { gauge, histogram } from './registry.ts';

const gcKinds: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

/** Adds what the heap, its collections and the limits around it look like. Returns what ends the watching. */
export function addMemoryMetrics(readContainer: () => ContainerMemory | null): () => void {
  let afterMajor_bytes: number | undefined;
  const collections = histogram(
    'nodejs_gc_duration_seconds',
    'Pauses for garbage collection, by kind; every one is counted.',
    ['kind'],
    [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
  );
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
      collections.observe({ kind: gcKinds[kind] ?? 'other' }, entry.duration / 1000);
      if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) afterMajor_bytes = getHeapStatistics().used_heap_size;
    }
  });
  observer.observe({ entryTypes: ['gc'] });

  gauge(
    'nodejs_heap_size_limit_bytes',
    "V8's own limit for the heap.",
    () => getHeapStatistics().heap_size_limit,
  );
  gauge(
    'nodejs_heap_used_after_gc_bytes',
    'What was alive on the heap right after the last major collection; absent before the first.',
    () => afterMajor_bytes,
  );
  gauge(
    'container_memory_limit_bytes',
    'The memory limit around the process; absent where there is none.',
    () => readContainer()?.limit_bytes,
  );
  gauge(
    'container_memory_usage_bytes',
    'What counts against the limit: without page cache that can be dropped.',
    () => readContainer()?.working_set_bytes,
  );
  return () => observer.disconnect();
}
