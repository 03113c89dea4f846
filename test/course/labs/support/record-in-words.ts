import type { Evidence } from '@leak-lab/course';

const inMB = (bytes: number | null | undefined): string =>
  bytes == null ? '-' : (bytes / 1024 ** 2).toFixed(1);

/** The samples since a lab began, a line each: why an answer was not taken is in them, and they are gone with the lab. */
export function recordInWords({ begun_ms, onset_ms, samples }: Evidence): string {
  const since = samples.filter(({ time_seconds }) => time_seconds * 1000 >= begun_ms);
  const rows = since.map((sample) => [
    (sample.time_seconds - begun_ms / 1000).toFixed(1),
    sample.process ?? '-',
    sample.requests_total ?? '-',
    inMB(sample.payload_bytes_total),
    sample.full_gc_total ?? '-',
    inMB(sample.heap_after_gc_bytes),
    inMB(sample.external_after_gc_bytes),
  ]);
  const onset = onset_ms === null ? 'never' : `${((onset_ms - begun_ms) / 1000).toFixed(1)} s`;
  const names = [
    's',
    'process',
    'requests',
    'bodies MB',
    'collections',
    'heap after MB',
    'external after MB',
  ];
  return [`begins to happen: ${onset}`, names.join(', '), ...rows.map((row) => row.join(' '))].join('\n');
}
