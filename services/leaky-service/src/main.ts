import type { Server } from 'node:http';
import { Program, readFirstBody } from '@leak-lab/json-service';
import { readConfig } from './config.ts';
import { leaveEndingNote } from './ending-note.ts';
import { createLogger } from './logger.ts';
import { assembleService } from './service.ts';
import { isTracing, stopTelemetry } from './telemetry.ts';

/** Requests under way get this long to end after a signal; telemetry and logs get the rest of five seconds. */
const drain_ms = 3_500;
const farewell_ms = 1_000;
const sweep_ms = 50;

const program = new Program('leaky-service');
const config = program.need(() => readConfig(process.env));
const logger = createLogger(config.logLevel);
const { server, hurry, stop } = program.need(
  () => assembleService(config, logger, { tracing: isTracing }),
  (message) => `LEAKS is not right. ${message}`,
);

// Before anybody hears that it is there, and may tell it to end.
program.onEnd(async (reason) => {
  logger.info({ reason }, 'stopping');
  leaveNote(reason);
  hurry();
  await drain(server);
  stop();
  await Promise.race([stopTelemetry(), new Promise((resolve) => setTimeout(resolve, farewell_ms))]);
  logger.flush(() => process.exit(0));
});

await readFirstBody();
const address = await program.listen(server, config);
logger.info({ address, pid: process.pid, ...(!config.blind && { leaks: config.leaks }) }, 'listening');
process.send?.({ listening: address });

function leaveNote(reason: string): void {
  if (config.endingsDirectory === undefined) return;
  try {
    leaveEndingNote(config.endingsDirectory, reason);
  } catch (error) {
    logger.warn({ err: error }, 'the end is not noted in ENDINGS_DIRECTORY: it will look like a death');
  }
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
