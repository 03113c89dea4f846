import type { AddressInfo } from 'node:net';
import { readConfig } from './config.ts';
import { buildUpstream } from './server.ts';

/** Requests may finish for this long after SIGTERM; then their connections are cut. */
const grace_ms = 3_000;

const config = readConfigOrExit();
const server = buildUpstream(config);

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
  server.close(() => process.exit(0));
  // A connection kept alive becomes idle only after its last answer.
  setInterval(() => server.closeIdleConnections(), 50).unref();
  setTimeout(() => server.closeAllConnections(), grace_ms).unref();
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// A supervisor that is killed closes the channel: nothing is left running without it.
process.once('disconnect', stop);

function readConfigOrExit() {
  try {
    return readConfig(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
