import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  addRoutes,
  answerErrors,
  HttpError,
  type Route,
  refuse,
  refuseForeignPages,
} from '@leak-lab/json-service';
import express from 'express';
import type { Logger } from 'pino';
import { safeHeaders, servePage, tellUnbuilt } from './page.ts';

export interface ServerDeps {
  readonly routes: readonly Route[];
  readonly allowedHosts: ReadonlySet<string>;
  readonly logger: Logger;
  readonly pageDirectory: string;
}

const program = 'console';

/** An Express application as a server calls it: `unanswered` is for what neither a route nor its error handler took. */
type Application = (
  request: IncomingMessage,
  response: ServerResponse,
  unanswered: (error?: unknown) => void,
) => void;

/** The console's server, not yet listening. */
export function createConsoleServer({ routes, allowedHosts, logger, pageDirectory }: ServerDeps): Server {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(safeHeaders);
  addRoutes(app, routes);
  app.use(servePage(pageDirectory));
  app.use(tellUnbuilt(pageDirectory));
  app.use((request) => {
    throw nothingAt(request.path);
  });
  app.use(answerErrors({ logger, program }));
  const answer = app as unknown as Application;
  return createServer((request, response) => {
    try {
      refuseForeignPages(request, allowedHosts);
    } catch (refusal) {
      refuse(response, refusal, program);
      return;
    }
    // It comes with no error where Express sees no path in the address, as in `//#@a`.
    answer(request, response, (error = nothingAt(request.url ?? '')) => refuse(response, error, program));
  });
}

const nothingAt = (path: string): HttpError =>
  new HttpError(404, 'not_found', `There is nothing at ${path}.`, { path });
