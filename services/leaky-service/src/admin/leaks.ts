import { checkBody, type Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import { refusals, ServiceError } from '../errors.ts';
import type { Switchboard } from '../leaks/switchboard.ts';

const least_bytes = 512;
const most_bytes = 10 * 1024 * 1024;

const changeBody = v.strictObject({
  enabled: v.boolean(),
  bytes_per_request: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(least_bytes), v.maxValue(most_bytes)),
  ),
  preset: v.optional(v.picklist(['default', 'field'])),
  variant: v.optional(v.picklist(['leaky', 'fixed'])),
});

const clearBody = v.strictObject({ leak_type: v.string() });

export function leakRoutes(switchboard: Switchboard): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/leaks/status',
      summary: 'Every leak: whether it is on, what it holds.',
      handler: (_request, response) => {
        response.json({ timestamp: new Date().toISOString(), leaks: switchboard.states() });
      },
    },
    {
      method: 'post',
      path: '/admin/leaks/clear',
      refusals: refusals('unknown_leak'),
      summary: 'Lets go of what one leak holds, or all of them ("all"); what is on stays on.',
      body: clearBody,
      handler: (request, response) => {
        const { leak_type } = checkBody(clearBody, request.body);
        response.json({ cleared: leak_type, leaks: switchboard.clear(leak_type) });
      },
    },
    {
      method: 'post',
      path: '/admin/leaks/:id',
      refusals: refusals('unknown_leak'),
      summary: 'Switches a leak on or off, and sets how much it keeps of each request.',
      body: changeBody,
      handler: (request, response) => {
        const id = String(request.params['id']);
        switchboard.state(id);
        const change = checkBody(changeBody, request.body);
        if (change.bytes_per_request !== undefined && change.preset !== undefined) {
          throw new ServiceError(
            'invalid_body',
            'Expected "bytes_per_request" or "preset"; got both. Leave one out.',
            {
              fields: ['bytes_per_request', 'preset'],
            },
          );
        }
        response.json(switchboard.change(id, change));
      },
    },
  ];
}
