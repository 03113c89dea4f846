import { once } from 'node:events';
import type { Server } from 'node:http';
import { type Config, readConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { assembleService } from './service.ts';
import { isTracing, stopTelemetry } from './telemetry.ts';

/** Requests under way get this long to end after a signal; telemetry and logs get the rest of five seconds. */
const drain_ms = 3_500;
const farewell_ms = 1_000;
const sweep_ms = 50;

const config = readConfigOrExit();
const logger = createLogger(config.logLevel);
const { server, hurry, stop } = assembleOrExit();

server.listen(config.port, config.host);
await Promise.race([once(server, 'listening'), once(server, 'error').then(([error]) => exitUnheard(error))]);
const address = server.address();
logger.info({ address, pid: process.pid, ...(!config.blind && { leaks: config.leaks }) }, 'listening');
process.send?.({ listening: address });

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal));
// The one who started this process over an IPC channel is gone: nobody is left to end it.
process.on('disconnect', () => void end('disconnect'));

async function end(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ reason }, 'stopping');
  hurry();
  await drain(server);
  stop();
  await Promise.race([stopTelemetry(), new Promise((resolve) => setTimeout(resolve, farewell_ms))]);
  logger.flush(() => process.exit(0));
}

/** Takes no new connection, lets requests under way end, then cuts what is left. */
async function drain(listening: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => listening.close(() => resolve()));
  // A connection that is kept alive becomes idle only after its last answer.
  const sweep = setInterval(() => listening.closeIdleConnections(), sweep_ms);
  const cut = setTimeout(() => listening.closeAllConnections(), drain_ms);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function assembleOrExit(): ReturnType<typeof assembleService> {
  try {
    return assembleService(config, logger, { tracing: isTracing });
  } catch (error) {
    return fail(`LEAKS is not right. ${error instanceof Error ? error.message : error}`);
  }
}

function exitUnheard(error: NodeJS.ErrnoException): never {
  const where = `${config.host}:${config.port}`;
  if (error.code === 'EADDRINUSE')
    return fail(`Port ${where} is taken. End what listens there, or set PORT.`);
  return fail(`Cannot listen on ${where}: ${error.message}.`);
}

/** Before there is anything to drain: says why on standard error and ends. */
function fail(message: string): never {
  process.stderr.write(`leaky-service: ${message}\n`);
  process.exit(1);
}
