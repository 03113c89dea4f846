/** Bytes as megabytes of 2^20, to two places. */
export const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 10.24) / 100;

/** What the process holds now, as Node counts it. */
export interface ProcessMemory {
  readonly pid: number;
  readonly rss_bytes: number;
  readonly rss_mb: number;
  readonly heap_used_bytes: number;
  readonly heap_used_mb: number;
  readonly heap_total_bytes: number;
  /** Memory outside the heap that objects of the heap own: buffers above all. */
  readonly external_bytes: number;
  readonly array_buffers_bytes: number;
  readonly uptime_seconds: number;
}

export function readProcessMemory(): ProcessMemory {
  const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  return {
    pid: process.pid,
    rss_bytes: rss,
    rss_mb: megabytes(rss),
    heap_used_bytes: heapUsed,
    heap_used_mb: megabytes(heapUsed),
    heap_total_bytes: heapTotal,
    external_bytes: external,
    array_buffers_bytes: arrayBuffers,
    uptime_seconds: Math.round(process.uptime() * 10) / 10,
  };
}
