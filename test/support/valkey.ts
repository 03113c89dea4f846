import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Valkey as Client } from 'iovalkey';
import { anyFreePort } from '../../packages/lab/src/ports/free-port.ts';
import { findValkeyServer, serverArguments } from '../../packages/lab/src/valkey/find-server.ts';
import { readUsage, type Usage } from '../../services/leaky-service/src/valkey/usage.ts';

/** What is appended to the name of a test that needs one, where this machine has none. */
export const hasValkey = findValkeyServer() !== undefined;

const megabyte = 2 ** 20;

/** A real server of keys and values, on a port that was free. */
export interface RunningValkey {
  readonly url: string;
  readonly port: number;
  /** A connection of the test's own. */
  readonly client: Client;
  readonly child: ChildProcess;
  /** What it says of itself now, when it has done what it was told. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts one. Throws where this machine has none: ask {@link hasValkey} first. */
export async function startValkey({
  maxmemory_bytes = 512 * megabyte,
  port: wanted = 0,
} = {}): Promise<RunningValkey> {
  const program = findValkeyServer();
  if (program === undefined)
    throw new Error('There is neither valkey-server nor redis-server on this machine.');
  const port = wanted || (await anyFreePort());
  const folder = mkdtempSync(join(tmpdir(), 'leak-lab-valkey-'));
  const child = spawn(program, serverArguments(port, folder, maxmemory_bytes), { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const url = `redis://127.0.0.1:${port}`;
  const client = new Client(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await Promise.race([
    client.ping(),
    exited.then(([code]) => {
      throw new Error(`${program} ended with code ${code} before it answered.`);
    }),
  ]);
  return {
    url,
    port,
    client,
    child,
    async usage() {
      // What was unlinked is freed beside other work.
      while (/^lazyfree_pending_objects:[1-9]/m.test(await client.info('memory'))) await pause(10);
      return readUsage(await client.info());
    },
    async stop() {
      client.disconnect();
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
