import { type Growth, growthOf, type MemoryReading } from '@leak-lab/leak-verdict';
import type { RecordedSample } from '../store/samples.ts';

/** Estimates go by the last minute. */
export const window_ms = 60_000;

/** Growth over the last minute of `samples`, which must be of one life. */
export function growthOfSamples(samples: readonly RecordedSample[]): Growth {
  const from_ms = (samples.at(-1)?.time_ms ?? 0) - window_ms;
  return growthOf(samples.filter(({ time_ms }) => time_ms >= from_ms).map(toMemoryReading));
}

function toMemoryReading(sample: RecordedSample): MemoryReading {
  const { heap_after_gc_bytes: heap, external_after_gc_bytes: external } = sample;
  return {
    time_seconds: sample.time_ms / 1000,
    used_bytes: sample.usage_bytes ?? sample.rss_bytes ?? 0,
    after_gc_bytes: heap === null ? null : heap + (external ?? 0),
    major_gc_count: sample.major_gc_count,
    requests_total: sample.requests_total,
    limit_bytes: sample.limit_bytes,
  };
}
