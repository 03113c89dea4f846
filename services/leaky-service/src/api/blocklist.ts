import { checkBody, type Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import { contextOf, requestId, type SideWork } from './context.ts';

const reloadBody = v.strictObject({
  version: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
});

export const reloadPath = '/api/blocklist/reload';

export function blocklistRoutes(sideWork: SideWork): Route[] {
  return [
    {
      method: 'post',
      path: reloadPath,
      summary:
        'Loads the list of the domains whose orders are not taken; of the version named, else the newest.',
      body: reloadBody,
      bodyIsOptional: true,
      handler: async (request, response) => {
        const id = requestId(request);
        const { version } = checkBody(reloadBody, request.body ?? {});
        const notes = {};
        if (sideWork.isActive) await sideWork.handle(contextOf(request, response, id, { version, notes }));
        response.json({ request_id: id, version: version ?? id, domains: 0, ...notes });
      },
    },
  ];
}
