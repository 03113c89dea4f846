import { secondsUntil } from './seconds-until.ts';
import { type Estimate, type Point, theilSen } from './statistics/theil-sen.ts';

/** One reading of a process's memory; readings must be of one life, in order of time. */
export interface MemoryReading {
  readonly time_seconds: number;
  /** What counts against the limit. */
  readonly used_bytes: number;
  /** Heap and external memory after the last major GC. */
  readonly after_gc_bytes: number | null;
  /** Major GCs since the process started. */
  readonly major_gc_count: number | null;
  readonly requests_total: number | null;
  readonly limit_bytes: number | null;
}

export interface Growth {
  readonly bytes_per_second: Estimate | null;
  readonly bytes_per_request: Estimate | null;
  readonly seconds_to_limit: Estimate | null;
}

/** Within one block the sawtooth of young garbage reaches its floor. */
const block_seconds = 5;
/** Fewer readings after a GC say less than the floor of what is used. */
const fewestGcs = 4;
const leastSpan_seconds = 15;
const fewestRequests = 50;

/**
 * How fast memory grows and when the limit is reached; `null` where there is too little to tell. The sawtooth of
 * garbage collection is no growth: slopes are taken over what stays after a major GC, or over the floor of what is used.
 */
export function growthOf(readings: readonly MemoryReading[]): Growth {
  const floor = floorOf(readings);
  const bytes_per_second = slopeOver(floor, ({ time_seconds }) => time_seconds, usedBytes);
  return {
    bytes_per_second,
    bytes_per_request: bytesPerRequest(readings, floor),
    seconds_to_limit: secondsToLimit(bytes_per_second, readings.at(-1)),
  };
}

/** The time until `slope` brings memory to its limit; `null` where it may as well never do so. */
function secondsToLimit(slope: Estimate | null, last: MemoryReading | undefined): Estimate | null {
  if (slope === null || slope.low <= 0 || last === undefined || last.limit_bytes === null) return null;
  return secondsUntil(last.limit_bytes, last.used_bytes, slope);
}

function bytesPerRequest(
  readings: readonly MemoryReading[],
  floor: readonly MemoryReading[],
): Estimate | null {
  const byRequests = ({ requests_total }: MemoryReading): number | null => requests_total;
  const came = (readings.at(-1)?.requests_total ?? 0) - (readings[0]?.requests_total ?? 0);
  if (came < fewestRequests) return null;
  const used = slopeOver(floor, byRequests, usedBytes);
  const collected = readingsAfterGc(readings);
  if (collected.length < fewestGcs) return used;
  const kept = slopeOver(collected, byRequests, ({ after_gc_bytes }) => after_gc_bytes);
  // Memory that the heap does not count (sockets, native) shows only in what is used.
  const unseen = kept !== null && kept.low <= 0 && used !== null && used.low > 0;
  return unseen ? used : (kept ?? used);
}

const usedBytes = ({ used_bytes }: MemoryReading): number => used_bytes;

function slopeOver(
  readings: readonly MemoryReading[],
  x: (reading: MemoryReading) => number | null,
  y: (reading: MemoryReading) => number | null,
): Estimate | null {
  const span = (readings.at(-1)?.time_seconds ?? 0) - (readings[0]?.time_seconds ?? 0);
  if (span < leastSpan_seconds) return null;
  const points: Point[] = [];
  for (const reading of readings) {
    const [at, value] = [x(reading), y(reading)];
    if (at !== null && value !== null) points.push({ x: at, y: value });
  }
  return theilSen(points) ?? null;
}

/** Of each block of time the reading with the least in use. */
function floorOf(readings: readonly MemoryReading[]): MemoryReading[] {
  const [first] = readings;
  if (first === undefined) return [];
  const blocks = Map.groupBy(readings, ({ time_seconds }) =>
    Math.floor((time_seconds - first.time_seconds) / block_seconds),
  );
  return [...blocks.values()].map((block) =>
    block.reduce((least, reading) => (reading.used_bytes < least.used_bytes ? reading : least)),
  );
}

/** The readings that were the first after a major GC. */
function readingsAfterGc(readings: readonly MemoryReading[]): MemoryReading[] {
  return readings.filter((reading, index) => {
    const before = readings[index - 1];
    return (
      before !== undefined &&
      reading.after_gc_bytes !== null &&
      reading.major_gc_count !== null &&
      before.major_gc_count !== null &&
      reading.major_gc_count > before.major_gc_count
    );
  });
}
