import { crc32 } from 'node:zlib';
import { bytesOfBody, type Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import { ServiceError } from '../errors.ts';
import { contextOf, requestId, type SideWork } from './context.ts';

const mostBody_bytes = 5 * 2 ** 20;

/** Whatever fields they have: only that they are objects is checked, one by one, without copying them. */
const events = v.union([v.array(v.looseObject({})), v.looseObject({})]);

export const ingestPath = '/api/ingest';

export function ingestRoutes(sideWork: SideWork): Route[] {
  return [
    {
      method: 'post',
      path: ingestPath,
      summary: 'Takes an event of another system, or a list of them: JSON up to 5 MB.',
      body: events,
      mostBody_bytes,
      handler: async (request, response) => {
        const id = requestId(request);
        const body = bytesOfBody(request) ?? Buffer.alloc(0);
        const accepted = countEvents(body.length === 0 ? undefined : request.body);
        const notes = {};
        if (sideWork.isActive) await sideWork.handle(contextOf(request, response, id, { body, notes }));
        const checksum = crc32(body).toString(16).padStart(8, '0');
        response.json({ request_id: id, accepted, size_bytes: body.length, checksum, ...notes });
      },
    },
  ];
}

/** How many events a body holds. Throws `invalid_body` where it is anything else. */
function countEvents(body: unknown): number {
  const list = Array.isArray(body) ? body : [body];
  const wrong = list.findIndex((one) => typeof one !== 'object' || one === null || Array.isArray(one));
  if (wrong < 0) return list.length;
  const where = Array.isArray(body) ? `[${wrong}]` : 'the body';
  const came = (JSON.stringify(list[wrong]) ?? 'nothing').slice(0, 80);
  throw new ServiceError(
    'invalid_body',
    `${where}: expected an event as a JSON object such as {"event": "order"}, or a list of such; got ${came}.`,
    { field: where, came },
  );
}
