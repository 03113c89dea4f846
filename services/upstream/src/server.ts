import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isAllowedHost, isOwnOrigin } from '@leak-lab/http-guard';
import { beginServerSpan, endServerSpan, withinSpan } from '@leak-lab/tracing/server-span';
import { answerData } from './answer.ts';
import { answerError, HttpError } from './errors.ts';
import { readJson } from './json-body.ts';
import { changeSettings, overrideSettings, type Settings } from './settings.ts';

export interface UpstreamOptions {
  readonly settings: Settings;
  /** Host names it answers to beside `localhost` and IP literals, in lower case. */
  readonly allowedHosts: ReadonlySet<string>;
  /** Decides which requests fail; given in tests. */
  readonly random?: () => number;
  /** Whether spans go anywhere. */
  readonly tracing?: boolean;
}

/** A request must have arrived whole within this time. */
const requestTimeout_ms = 30_000;

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** Builds the server; it does not listen yet. */
export function buildUpstream(options: UpstreamOptions): Server {
  let settings = options.settings;
  const random = options.random ?? Math.random;

  const routes: Record<string, Record<string, Handler>> = {
    '/health': {
      GET: (_, response) => answerJson(response, { status: 'ok', uptime_seconds: process.uptime() }),
    },
    '/data': {
      GET: (_, response, url) => answerData(response, overrideSettings(settings, url.searchParams), random),
    },
    '/settings': {
      GET: (_, response) => answerJson(response, settings),
      POST: async (request, response) => {
        settings = changeSettings(settings, await readJson(request));
        answerJson(response, settings);
      },
    },
    '/settings/reset': {
      POST: (_, response) => {
        settings = options.settings;
        answerJson(response, settings);
      },
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    checkSender(request, method, options.allowedHosts);
    const url = URL.parse(request.url ?? '', 'http://upstream');
    if (!url) throw new HttpError(400, 'invalid_url', 'Expected a path such as /data.');
    const handlers = Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : undefined;
    if (!handlers) {
      const message = `Expected one of ${Object.keys(routes).join(', ')}, got ${url.pathname.slice(0, 100)}.`;
      throw new HttpError(404, 'not_found', message);
    }
    const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
    if (!handler) {
      const allow = Object.keys(handlers).join(', ');
      response.setHeader('allow', allow);
      throw new HttpError(405, 'method_not_allowed', `Expected ${allow}, got ${method}.`);
    }
    await handler(request, response, url);
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    handle(request, response).catch((error: unknown) => {
      // A caller that is still sending reads the answer only when its body has been taken off the wire.
      request.resume();
      if (response.headersSent) response.destroy();
      else answerError(error, response);
    });
  }

  return createServer({ requestTimeout: requestTimeout_ms }, (request, response) => {
    const span = options.tracing ? beginServerSpan(request) : undefined;
    if (!span) {
      answer(request, response);
      return;
    }
    response.on('close', () => {
      const path = (request.url ?? '').split('?', 1)[0] ?? '';
      endServerSpan(span, response, Object.hasOwn(routes, path) ? path : undefined);
    });
    withinSpan(span, () => answer(request, response));
  });
}

function checkSender(request: IncomingMessage, method: string, allowedHosts: ReadonlySet<string>): void {
  const { host } = request.headers;
  if (!isAllowedHost(host, allowedHosts)) {
    const message = `Expected Host to be localhost, an address or a name in ALLOWED_HOSTS, got ${host ?? 'none'}.`;
    throw new HttpError(403, 'foreign_host', message);
  }
  if (method !== 'GET' && !isOwnOrigin(request.headers)) {
    throw new HttpError(403, 'foreign_origin', 'Expected a request that no other web page sent.');
  }
}

function answerJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
