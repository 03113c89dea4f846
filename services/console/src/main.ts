import { Program } from '@leak-lab/json-service';
import { readConfig } from './config.ts';
import { assembleConsole } from './console.ts';
import { loadLabs } from './course/labs.ts';
import { createLogger } from './logger.ts';

/** Answers under way get this long after a signal. */
const drain_ms = 1_000;

const program = new Program('console');
const config = program.need(() => readConfig(process.env));
const logger = createLogger(config.logLevel);
// A lab that cannot be read is no reason to record nothing.
const labs = await loadLabs(config.labsDirectory).catch((error: Error) => {
  logger.error({ err: error }, 'the labs could not be read: there is no course');
  return [];
});
const console = program.need(() => assembleConsole({ config, logger, channel: process, labs }));
const { server } = console;

// Before anybody hears that it is there, and may tell it to end.
program.onEnd(async (reason) => {
  logger.info({ reason }, 'stopping');
  console.stop();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  setTimeout(() => server.closeAllConnections(), drain_ms).unref();
  server.closeIdleConnections();
  await closed;
  process.exit(0);
});

const address = await program.listen(server, config);
logger.info({ address, pid: process.pid, service: config.serviceUrl, mode: config.mode }, 'listening');
process.send?.({ listening: address });
console.start();
