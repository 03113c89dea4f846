import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { ServiceError, toServiceError } from './errors.ts';
import { readJson } from './http/body.ts';
import { adminOnly } from './http/guard.ts';
import type { Route } from './http/route.ts';

export interface AppDeps {
  readonly routes: readonly Route[];
  readonly adminToken: string | undefined;
  readonly logger: Logger;
}

/** The application: its routes, then what answers to everything else. It does not listen. */
export function buildApp({ routes, adminToken, logger }: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // What is tried first costs the least: business routes stand before those of administrators.
  const byBusiness = Map.groupBy(routes, ({ path }) => !path.startsWith('/admin'));
  addRoutes(app, byBusiness.get(true) ?? []);
  app.use('/admin', adminOnly(adminToken));
  addRoutes(app, byBusiness.get(false) ?? []);
  app.use(notFound);
  app.use(answerError(logger));
  return app;
}

function addRoutes(app: Express, routes: readonly Route[]): void {
  for (const [path, methods] of Map.groupBy(routes, (route) => route.path)) {
    const route = app.route(path);
    for (const { method, body, handler } of methods) route[method](...(body ? readJson : []), handler);
    route.all(refuseMethod(methods.map(({ method }) => method.toUpperCase())));
  }
}

function refuseMethod(allowed: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set('allow', allowed.join(', '));
    throw new ServiceError('method_not_allowed', `Expected ${allowed.join(' or ')}; got ${request.method}.`, {
      expected: allowed,
      came: request.method,
    });
  };
}

const notFound: RequestHandler = (request) => {
  throw new ServiceError(
    'not_found',
    `There is nothing at ${request.path}. GET /openapi.json lists what there is.`,
    {
      path: request.path,
    },
  );
};

/** The one place where errors of routes become answers. */
function answerError(logger: Logger): ErrorRequestHandler {
  return (thrown, _request, response, _next) => {
    const error = toServiceError(thrown);
    if (error.status >= 500) logger.error({ err: thrown }, error.message);
    const { retry_after_seconds } = error.details;
    if (retry_after_seconds !== undefined) response.set('retry-after', String(retry_after_seconds));
    if (response.headersSent) response.destroy();
    else response.status(error.status).json(error);
  };
}
