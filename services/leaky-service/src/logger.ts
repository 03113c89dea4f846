import { trace } from '@opentelemetry/api';
import pino, { type Logger } from 'pino';

const bufferAtOnce_bytes = 4_096;
/** Beyond this, lines are dropped rather than kept: a reader that stalls must not look like a leak. */
const mostBuffered_bytes = 1_048_576;

/** A logger to standard output, one JSON object a line, with the id of the trace a line belongs to. */
export function createLogger(level: string): Logger {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: bufferAtOnce_bytes,
    maxLength: mostBuffered_bytes,
    periodicFlush: 500,
  });
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: traceOfNow },
    destination,
  );
}

function traceOfNow(fields: object): object {
  if ('trace_id' in fields) return {};
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
