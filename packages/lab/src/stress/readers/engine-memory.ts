import { request } from 'node:http';
import { NoReading, type Reading } from '../memory-reader.ts';

const usualSocket = '/var/run/docker.sock';
const timeout_ms = 5_000;

interface Stats {
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: { readonly inactive_file?: number; readonly total_inactive_file?: number };
  };
}

/** A container's memory by the engine's statistics, over its socket. Throws {@link NoReading}. */
export async function engineMemory(id: string, environment = process.env): Promise<Reading> {
  const host = environment['DOCKER_HOST'] ?? `unix://${usualSocket}`;
  if (!host.startsWith('unix://')) throw new NoReading(`Docker’s engine at ${host} is on another machine`);
  const path = `/containers/${id}/stats?stream=false&one-shot=true`;
  return parseStats(await ask(host.slice('unix://'.length), path));
}

/** Reads the engine's answer: use without page cache that can be dropped, and the limit. */
export function parseStats(text: string): Reading {
  const { memory_stats } = JSON.parse(text) as Stats;
  if (memory_stats?.usage === undefined) throw new NoReading('Docker’s engine tells no memory of it');
  const { usage, limit, stats } = memory_stats;
  const cache = stats?.total_inactive_file ?? stats?.inactive_file ?? 0;
  return { used_bytes: Math.max(0, usage - cache), limit_bytes: limit ?? null };
}

function ask(socketPath: string, path: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const failed = (error: Error) => reject(new NoReading(`Docker’s engine does not answer: ${error.message}`));
  const call = request({ socketPath, path, timeout: timeout_ms }, (answer) => {
    const blocks: Buffer[] = [];
    answer.on('data', (block: Buffer) => blocks.push(block));
    answer.once('error', failed);
    answer.once('end', () => resolve(Buffer.concat(blocks).toString()));
  });
  call.once('timeout', () => call.destroy(new Error('no answer in time')));
  call.once('error', failed);
  call.end();
  return promise;
}
