import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isTracing, readTracingOptions } from '@leak-lab/tracing/environment';
import { readConfig } from './config.ts';
import { buildUpstream } from './server.ts';

/** Requests may finish for this long after SIGTERM; then their connections are cut. */
const grace_ms = 3_000;
/** Spans that were not sent yet get this long. */
const farewell_ms = 1_000;

const config = readConfigOrExit();
const stopTracing = isTracing ? await startTracing() : async () => {};
const server = buildUpstream({ ...config, tracing: isTracing });

server.once('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  console.error(`Port ${config.port} is taken. Stop what listens there, or choose another with PORT=<port>.`);
  process.exit(1);
});
server.listen(config.port, config.host, () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ listening: server.address() });
  console.log(JSON.stringify({ msg: 'upstream listens', host: config.host, port, ...config.settings }));
});

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  server.close(() => void stopTracing().finally(() => process.exit(0)));
  // A connection kept alive becomes idle only after its last answer.
  setInterval(() => server.closeIdleConnections(), 50).unref();
  setTimeout(() => server.closeAllConnections(), grace_ms).unref();
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// A supervisor that is killed closes the channel: nothing is left running without it.
process.once('disconnect', stop);

/** Loads what sends spans. Returns what sends the last ones, and waits for a collector that is gone no longer than it may. */
async function startTracing(): Promise<() => Promise<void>> {
  const { startProvider } = await import('@leak-lab/tracing/provider');
  const provider = startProvider(readTracingOptions('upstream'));
  return () => Promise.race([provider.shutdown().catch(() => undefined), delay(farewell_ms)]);
}

function readConfigOrExit() {
  try {
    return readConfig(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
