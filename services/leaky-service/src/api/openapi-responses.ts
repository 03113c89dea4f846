import type { Route } from '@leak-lab/json-service';
import { refusals } from '../errors.ts';

/** What a route may answer with, by status, as OpenAPI tells it. */
export function responsesOf(route: Route): Record<string, object> {
  const reasons = new Map<string, string[]>();
  for (const some of [refusalsOfItsKind(route), route.refusals ?? {}]) {
    for (const [status, why] of Object.entries(some)) {
      reasons.set(status, [...(reasons.get(status) ?? []), why]);
    }
  }
  const refused = [...reasons].map(([status, why]) => [status, refusal(status, why.join(', '))]);
  return {
    [route.success ?? 200]: { description: 'Done.' },
    ...Object.fromEntries(refused),
    default: refusal('default', 'Failed, or the answer of another service that is passed on.'),
  };
}

/** What stands before every route: who may ask, and whether the request can be read. */
function refusalsOfItsKind({ method, path, body, query }: Route): Readonly<Record<number, string>> {
  const isAdmin = path.startsWith('/admin');
  return refusals(
    'host_not_allowed',
    ...(method === 'get' ? [] : (['origin_not_allowed'] as const)),
    ...(isAdmin ? (['caller_not_allowed', 'admin_required'] as const) : []),
    ...(query ? (['bad_request'] as const) : []),
    ...(body
      ? (['invalid_json', 'too_deep', 'invalid_body', 'body_too_large', 'unsupported_format'] as const)
      : []),
  );
}

function refusal(status: string, description: string): object {
  return {
    description,
    ...(status === '429' && { headers: retryAfter }),
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  };
}

const retryAfter = {
  'Retry-After': { description: 'Seconds after which to ask again.', schema: { type: 'integer' } },
};
