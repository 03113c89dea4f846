import pino, { type Logger } from 'pino';

/** A logger to standard output, one JSON object a line. The console says little, so it writes at once. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ sync: true }),
  );
}
