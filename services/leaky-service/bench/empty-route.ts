import type { Route } from '@leak-lab/json-service';

/** A route that does nothing, so that a benchmark measures what is around it. */
export const emptyRoute: Route = {
  method: 'get',
  path: '/empty',
  summary: 'Nothing, for measurements.',
  handler: (_request, response) => {
    response.end();
  },
};
