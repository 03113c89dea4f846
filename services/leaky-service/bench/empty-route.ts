import type { Route } from '../src/http/route.ts';

/** A route that does nothing, so that a benchmark measures what is around it. */
export const emptyRoute: Route = {
  method: 'get',
  path: '/empty',
  summary: 'Nothing, for measurements.',
  handler: (_request, response) => {
    response.end();
  },
};
