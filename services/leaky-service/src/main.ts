import type { Server } from 'node:http';
import { Program, readFirstBody } from '@leak-lab/json-service';
import { readConfig } from './config.ts';
import { leaveEndingNote } from './ending-note.ts';
import { createLogger } from './logger.ts';
import { collectNow } from './memory/gc.ts';
import { assembleService } from './service.ts';
import { isTracing, stopTelemetry } from './telemetry.ts';
import { exhaustedExitCode } from './upstream/exhausted.ts';

/** Requests under way get this long to end after a signal; telemetry and logs get the rest of five seconds. */
const drain_ms = 3_500;
const farewell_ms = 1_000;
const sweep_ms = 50;

const program = new Program('leaky-service');
const config = program.need(() => readConfig(process.env));
const logger = createLogger(config.logLevel);
const { server, leaksToTell, hurry, stop } = program.need(
  () => assembleService(config, logger, { tracing: isTracing, onExhausted: endExhausted }),
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
// What a collection leaves is known from the first reading on; V8 may take half a minute to its own first.
collectNow();
const address = await program.listen(server, config);
logger.info({ address, pid: process.pid, leaks: leaksToTell() }, 'listening');
process.send?.({ listening: address });

/** An end that is a death: nobody asked for it, and whoever restarts the service must know why. */
function endExhausted(words: string): void {
  logger.fatal(words);
  logger.flush();
  leaveNote(words, exhaustedExitCode);
  program.fail(words, exhaustedExitCode);
}

function leaveNote(reason: string, exitCode = 0): void {
  if (config.endingsDirectory === undefined) return;
  try {
    leaveEndingNote(config.endingsDirectory, reason, exitCode);
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
