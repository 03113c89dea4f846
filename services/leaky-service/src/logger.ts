import { trace } from '@opentelemetry/api';
import pino, { type Logger } from 'pino';
import { standardOutput } from './log-lines.ts';

/** A logger to standard output, one JSON object a line, with the id of the trace a line belongs to. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: isoTime, mixin: traceOfNow }, standardOutput());
}

let lastTime_ms = 0;
let lastTime = '';

/** The time as pino wants it, ISO 8601; written out once a millisecond, however many lines fall into it. */
function isoTime(): string {
  const now_ms = Date.now();
  if (now_ms !== lastTime_ms) {
    lastTime_ms = now_ms;
    lastTime = `,"time":"${new Date(now_ms).toISOString()}"`;
  }
  return lastTime;
}

function traceOfNow(fields: object): object {
  if ('trace_id' in fields) return {};
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
