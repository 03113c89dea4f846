import type { IRouter, RequestHandler } from 'express';
import type { GenericSchema, ObjectEntries, StrictObjectSchema } from 'valibot';
import { readJson } from './body.ts';
import { HttpError } from './errors.ts';

/** One route: what is served and what a description of the service says of it. */
export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  /** What a JSON body must be; a route without it ignores the body. */
  readonly body?: GenericSchema;
  /** Whether a request may do without it. */
  readonly bodyIsOptional?: true;
  /** How large it may be; 100 KB where it is not said. */
  readonly mostBody_bytes?: number;
  /** What may stand behind the `?`, as text. */
  readonly query?: StrictObjectSchema<ObjectEntries, undefined>;
  /** The status of an answer where all went well; 200 where none is given. */
  readonly success?: number;
  /** Why it may refuse, by status, beside what any route of its kind may refuse for. */
  readonly refusals?: Readonly<Record<number, string>>;
  readonly handler: RequestHandler;
}

/** Adds routes, and for each of their paths the refusal of other methods. */
export function addRoutes(router: IRouter, routes: readonly Route[]): void {
  for (const [path, methods] of Map.groupBy(routes, (route) => route.path)) {
    const route = router.route(path);
    for (const { method, body, mostBody_bytes, handler } of methods)
      route[method](...(body ? readJson(mostBody_bytes) : []), handler);
    route.all(refuseMethod(methods.map(({ method }) => method.toUpperCase())));
  }
}

function refuseMethod(allowed: readonly string[]): RequestHandler {
  return (request) => {
    const message = `Expected ${allowed.join(' or ')}; got ${request.method}.`;
    const details = { expected: allowed, came: request.method };
    throw new HttpError(405, 'method_not_allowed', message, details, { allow: allowed.join(', ') });
  };
}
