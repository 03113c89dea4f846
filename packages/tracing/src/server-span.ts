import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** Paths that only machines ask for, each few seconds: their spans would bury the others. */
const unseenPaths = new Set(['/health', '/metrics']);

const tracer = trace.getTracer('@leak-lab/tracing');

/**
 * Begins the span of a request that came in, as a child of the caller's where it names one (W3C Trace Context).
 * Returns `undefined` for paths that are not traced.
 */
export function beginServerSpan(request: IncomingMessage): Span | undefined {
  const { method = '', url = '', headers } = request;
  if (unseenPaths.has(url)) return undefined;
  const parent =
    headers['traceparent'] === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, headers);
  return tracer.startSpan(method, { kind: SpanKind.SERVER }, parent);
}

/** Runs what answers the request; calls to others made meanwhile become children of its span. */
export function withinSpan(span: Span, answer: () => void): void {
  context.with(trace.setSpan(ROOT_CONTEXT, span), answer);
}

/**
 * Ends the span with what is known of the answer, and what else is to be said of the request. Attributes by
 * OpenTelemetry's semantic conventions for HTTP server spans (1.23 and later).
 */
export function endServerSpan(
  span: Span,
  response: ServerResponse,
  route: string | undefined,
  more?: () => Attributes,
): void {
  if (span.isRecording()) {
    const { method = '', url = '', headers, httpVersion, socket } = response.req;
    const [path = '', query] = url.split('?', 2);
    span.setAttributes({
      'http.request.method': method,
      'http.response.status_code': response.statusCode,
      'url.scheme': 'http',
      'url.path': path,
      'server.address': headers.host ?? '',
      'network.protocol.version': httpVersion,
    });
    if (query) span.setAttribute('url.query', query);
    if (headers['user-agent']) span.setAttribute('user_agent.original', headers['user-agent']);
    if (headers['content-length'])
      span.setAttribute('http.request.body.size', Number(headers['content-length']));
    if (socket.remoteAddress) span.setAttribute('client.address', socket.remoteAddress);
    if (route) span.updateName(`${method} ${route}`).setAttribute('http.route', route);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    if (!response.writableFinished) span.setAttribute('error.type', 'aborted');
    if (more) span.setAttributes(more());
  }
  span.end();
}
