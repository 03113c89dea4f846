import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import type { Variant } from './variants.ts';

export interface Measurement {
  readonly requestsPerSecond: number;
  /** Resident memory at its highest, bytes; `undefined` off Linux. */
  readonly peak_bytes: number | undefined;
}

const service = fileURLToPath(new URL('../../../../services/leaky-service/', import.meta.url));

/** Starts one variant, on a core of its own where that can be had, and counts what it answers in `duration_seconds`. */
export async function measure(
  variant: Variant,
  duration_seconds: number,
  connections = 20,
): Promise<Measurement> {
  const telemetry = ['--import', './src/telemetry.ts'];
  const command = [process.execPath, ...telemetry, `bench/${variant.program}`];
  const [program = '', ...args] = canPin ? ['taskset', '-c', '0', ...command] : command;
  const child = spawn(program, args, {
    cwd: service,
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...variant.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const [message] = (await once(child, 'message')) as [{ listening: AddressInfo }];
    const url = `http://127.0.0.1:${message.listening.port}/empty`;
    await autocannon({ url, connections, duration: 2 });
    const result = await autocannon({ url, connections, duration: duration_seconds });
    if (result.non2xx > 0 || result.errors > 0) {
      throw new Error(
        `${variant.name}: ${result.non2xx} answers were not 200, ${result.errors} requests failed.`,
      );
    }
    return { requestsPerSecond: result.requests.average, peak_bytes: peakOf(child) };
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}

/** Server and client on separate cores: else each slows the other by chance. */
const canPin = process.platform === 'linux' && availableParallelism() > 1;

/** Keeps this process, the client, off the server's core. */
export function stayOffTheServersCore(): void {
  if (canPin)
    spawn('taskset', ['-acp', `1-${availableParallelism() - 1}`, String(process.pid)], { stdio: 'ignore' });
}

/** `VmHWM`, the highest resident memory so far (man 5 proc). */
function peakOf(child: ChildProcess): number | undefined {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
    return line ? Number(line[1]) * 1024 : undefined;
  } catch {
    return undefined;
  }
}
