import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import * as v from 'valibot';

const toldSchema = v.object({
  time: v.pipe(
    v.string(),
    v.transform((text) => Date.parse(text)),
    v.number(),
    v.finite(),
  ),
  program: v.string(),
  pid: v.number(),
  uptime_seconds: v.number(),
  exit_status: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  ended_by: v.picklist([
    'v8-heap-limit',
    'kernel-oom-kill',
    'watchdog',
    'memory-kill-presumed',
    'signal',
    'exit',
    'exhausted',
  ]),
  evidence: v.string(),
  last_memory_bytes: v.nullable(v.number()),
  memory_limit_bytes: v.nullable(v.number()),
});

/** A death of the service as the supervisor wrote it down; `time` in ms since the epoch. */
export type ToldDeath = v.InferOutput<typeof toldSchema>;

export interface ToldDeaths {
  readonly deaths: readonly ToldDeath[];
  /** Where to read on, bytes. */
  readonly readTo: number;
  /** Whether the file can be read: then every death is told. */
  readonly readable: boolean;
}

const mostAtOnce_bytes = 1024 * 1024;

/** Reads what the supervisor has written since `readTo`. A line that is not whole yet is left for the next time. */
export function readToldDeaths(file: string, readTo: number): ToldDeaths {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    // Nobody has died yet.
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { deaths: [], readTo: 0, readable: missing };
  }
  try {
    const { size } = fstatSync(descriptor);
    const from = size < readTo ? 0 : readTo;
    const piece = Buffer.alloc(Math.min(size - from, mostAtOnce_bytes));
    const length = readSync(descriptor, piece, 0, piece.length, from);
    const whole = piece.subarray(0, length).lastIndexOf(0x0a) + 1;
    const lines = piece.toString('utf8', 0, whole).split('\n');
    return { deaths: lines.flatMap(deathsIn), readTo: from + whole, readable: true };
  } catch {
    return { deaths: [], readTo, readable: false };
  } finally {
    closeSync(descriptor);
  }
}

function deathsIn(line: string): ToldDeath[] {
  try {
    const parsed = v.safeParse(toldSchema, JSON.parse(line));
    return parsed.success && parsed.output.program === 'service' ? [parsed.output] : [];
  } catch {
    return [];
  }
}
