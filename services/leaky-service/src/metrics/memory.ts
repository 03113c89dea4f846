import { getHeapStatistics } from 'node:v8';
import type { ContainerMemory } from '../memory/container.ts';
import { GcWatch } from '../memory/gc-watch.ts';
import { status_bytes } from '../memory/process-status.ts';
import { gauge, histogram } from './registry.ts';

/** Adds what the heap, its collections and the limits around it look like. Returns the watch over collections. */
export function addMemoryMetrics(readContainer: () => ContainerMemory | null): GcWatch {
  const collections = histogram(
    'nodejs_gc_duration_seconds',
    'Pauses for garbage collection, by kind; every one is counted.',
    ['kind'],
    [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
  );
  const watch = new GcWatch((kind, seconds) => collections.observe({ kind }, seconds));

  gauge(
    'nodejs_heap_size_limit_bytes',
    "V8's own limit for the heap.",
    () => getHeapStatistics().heap_size_limit,
  );
  gauge(
    'nodejs_heap_used_after_gc_bytes',
    'What was alive on the heap right after the last major collection; the service makes one as it starts.',
    () => watch.afterMajor?.heap_used_bytes,
  );
  gauge(
    'nodejs_external_after_gc_bytes',
    'What objects of the heap owned outside of it right after the last major collection; the service makes one as it starts.',
    () => watch.afterMajor?.external_bytes,
  );
  gauge(
    'nodejs_array_buffers_bytes',
    'What buffers hold, outside of the heap; part of nodejs_external_memory_bytes.',
    () => process.memoryUsage().arrayBuffers,
  );
  gauge(
    'process_stack_bytes',
    'The stack of the main thread, as the kernel counts it; absent where it does not say.',
    () => status_bytes('VmStk'),
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
  return watch;
}
