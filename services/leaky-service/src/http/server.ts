import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerError, refuse, refuseForeignPages } from '@leak-lab/json-service';
import { beginServerSpan, endServerSpan, withinSpan } from '@leak-lab/tracing/server-span';
import { type Attributes, TraceFlags } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { nothingAt } from '../errors.ts';
import { countBody } from '../metrics/bodies.ts';
import { countAnswer } from '../metrics/http.ts';
import { program } from '../program.ts';
import type { InFlightRequests } from './in-flight.ts';

export interface ServerDeps {
  readonly app: Application;
  readonly allowedHosts: ReadonlySet<string>;
  readonly logger: Logger;
  readonly inFlight: InFlightRequests;
  /** Whether spans go anywhere. */
  readonly tracing: boolean;
  /** What is said of each request that is traced, beside HTTP. */
  readonly spanAttributes?: () => Attributes;
}

/** What answers requests, as Express does: `unanswered` is called where neither a route nor its error handler did. */
type Application = (
  request: IncomingMessage,
  response: ServerResponse,
  unanswered: (error?: unknown) => void,
) => void;

/** What Express leaves on a request when a route has matched. */
type Routed = IncomingMessage & { route?: { path?: string } };

/** A server, not yet listening, that guards, counts and logs every request around the application. */
export function createService({
  app,
  allowedHosts,
  logger,
  inFlight,
  tracing,
  spanAttributes,
}: ServerDeps): Server {
  const logs = logger.isLevelEnabled('info');
  return createServer((request, response) => {
    const started_ms = performance.now();
    const span = tracing ? beginServerSpan(request) : undefined;
    inFlight.begin(request, started_ms);
    response.on('close', () => {
      inFlight.end(request);
      const duration_ms = performance.now() - started_ms;
      const route = (request as Routed).route?.path;
      const trace = span?.spanContext();
      const traced = trace && (trace.traceFlags & TraceFlags.SAMPLED) !== 0 ? trace.traceId : undefined;
      if (span) endServerSpan(span, response, route, spanAttributes);
      countAnswer(response, route, duration_ms / 1000, traced);
      countBody(request, route, traced);
      if (logs) logAnswer(logger, request, response, route, duration_ms, trace?.traceId);
    });
    try {
      refuseForeignPages(request, allowedHosts);
    } catch (refusal) {
      refuse(response, refusal, program);
      return;
    }
    // Without one, Express makes a last resort of its own for each request, which costs more and shows its stack.
    // It comes with no error where Express sees no path in the address, as in `//#@a`.
    const unanswered = (error: unknown = nothingAt(request.url ?? '')): void =>
      answerError(response, error, { logger, program });
    if (span) withinSpan(span, () => app(request, response, unanswered));
    else app(request, response, unanswered);
  });
}

function logAnswer(
  logger: Logger,
  request: IncomingMessage,
  response: ServerResponse,
  route: string | undefined,
  duration_ms: number,
  trace_id: string | undefined,
): void {
  const { method, url } = request;
  logger.info(
    {
      method,
      url,
      route,
      status: response.statusCode,
      duration_ms: Math.round(duration_ms * 100) / 100,
      trace_id,
      ...(!response.writableFinished && { aborted: true }),
    },
    'request',
  );
}
