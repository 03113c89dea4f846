import { once } from 'node:events';
import { type Config, readConfig } from './config.ts';
import { assembleConsole } from './console.ts';
import { createLogger } from './logger.ts';

/** Answers under way get this long after a signal. */
const drain_ms = 1_000;

const config = readConfigOrExit();
const logger = createLogger(config.logLevel);
const console = assembleOrExit();
const { server } = console;

server.listen(config.port, config.host);
await Promise.race([once(server, 'listening'), once(server, 'error').then(([error]) => exitUnheard(error))]);
const address = server.address();
logger.info({ address, pid: process.pid, service: config.serviceUrl, mode: config.mode }, 'listening');
process.send?.({ listening: address });
console.start();

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal));
// The one who started this process over an IPC channel is gone: nobody is left to end it.
process.on('disconnect', () => void end('disconnect'));

async function end(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ reason }, 'stopping');
  console.stop();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  setTimeout(() => server.closeAllConnections(), drain_ms).unref();
  server.closeIdleConnections();
  await closed;
  process.exit(0);
}

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function assembleOrExit(): ReturnType<typeof assembleConsole> {
  try {
    return assembleConsole(config, logger, process);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function exitUnheard(error: NodeJS.ErrnoException): never {
  const where = `${config.host}:${config.port}`;
  if (error.code === 'EADDRINUSE')
    return fail(`Port ${where} is taken. End what listens there, or set PORT.`);
  return fail(`Cannot listen on ${where}: ${error.message}.`);
}

/** Before there is anything to close: says why on standard error and ends. */
function fail(message: string): never {
  process.stderr.write(`console: ${message}\n`);
  process.exit(1);
}
