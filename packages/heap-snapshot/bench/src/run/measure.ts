import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MemoryLimit } from './memory-limit.ts';

const preload = fileURLToPath(new URL('./peak-memory.cjs', import.meta.url));

/** What one run of a program cost. */
export interface Measurement {
  readonly wall_seconds: number;
  /** The most memory resident at once (`VmHWM`); undefined for a process that was killed. */
  readonly peak_bytes: number | undefined;
  readonly exit: number | string;
  /** The end of what it printed. */
  readonly output: string;
}

/** Runs a Node program to its end, from start-up on, and measures it; within a memory limit if one is given. */
export async function measure(args: readonly string[], limit?: MemoryLimit): Promise<Measurement> {
  const scratch = mkdtempSync(join(tmpdir(), 'heap-bench-'));
  const peakFile = join(scratch, 'peak');
  const node = [
    process.execPath,
    '--require',
    preload,
    ...args.map((text) => text.replace('{scratch}', scratch)),
  ];
  const [command = '', ...rest] = limit ? limit.wrap(node) : node;
  const started_ms = performance.now();
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PEAK_MEMORY_FILE: peakFile, NODE_OPTIONS: '' },
  });
  let output = '';
  const keep = (text: Buffer) => {
    output = (output + text).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code, signal] = await once(child, 'close');
  const wall_seconds = (performance.now() - started_ms) / 1000;
  const peak_bytes = code === null ? undefined : peakOf(peakFile);
  rmSync(scratch, { recursive: true });
  return { wall_seconds, peak_bytes, exit: code ?? signal, output };
}

function peakOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) * 1024;
  } catch {
    return undefined;
  }
}

/** The middle one of several figures. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
