import { addRoutes, answerErrors, type Route } from '@leak-lab/json-service';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { nothingAt } from './errors.ts';
import { adminOnly } from './http/guard.ts';
import { program } from './program.ts';

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
  app.use(answerErrors({ logger, program }));
  return app;
}

const notFound: RequestHandler = (request) => {
  throw nothingAt(request.path);
};
