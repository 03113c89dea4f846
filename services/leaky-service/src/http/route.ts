import type { RequestHandler } from 'express';
import type { GenericSchema } from 'valibot';

/** One route: what the application serves and what `/openapi.json` says of it. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  /** What a JSON body must be; a route without it ignores the body. */
  readonly body?: GenericSchema;
  readonly handler: RequestHandler;
}
