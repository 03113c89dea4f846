import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { trace } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { toServiceError } from '../errors.ts';
import { countAnswer } from '../metrics/http.ts';
import { refuseForeignPages } from './guard.ts';

export interface ServerDeps {
  readonly app: RequestListener;
  readonly allowedHosts: ReadonlySet<string>;
  readonly logger: Logger;
}

/** What Express leaves on a request when a route has matched. */
type Routed = IncomingMessage & { route?: { path?: string } };

/** Bit 0 of a span's flags: it is recorded and will be exported (W3C Trace Context). */
const sampledFlag = 1;

/** A server, not yet listening, that guards, counts and logs every request around the application. */
export function createService({ app, allowedHosts, logger }: ServerDeps): Server {
  const logs = logger.isLevelEnabled('info');
  return createServer((request, response) => {
    const started_ms = performance.now();
    const span = trace.getActiveSpan()?.spanContext();
    response.on('close', () => {
      const duration_ms = performance.now() - started_ms;
      const route = (request as Routed).route?.path;
      const traced = span && (span.traceFlags & sampledFlag) === sampledFlag ? span.traceId : undefined;
      countAnswer(response, route, duration_ms / 1000, traced);
      if (logs) logAnswer(logger, request, response, route, duration_ms, span?.traceId);
    });
    try {
      refuseForeignPages(request, allowedHosts);
    } catch (refusal) {
      refuse(response, refusal);
      return;
    }
    app(request, response);
  });
}

/** Answers outside of Express, in the same form. */
function refuse(response: ServerResponse, refusal: unknown): void {
  const error = toServiceError(refusal);
  response.writeHead(error.status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(error));
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
