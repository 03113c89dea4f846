import { checkBody, type Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import { refusals, ServiceError } from '../errors.ts';
import type { Blindness } from '../incidents/blindness.ts';
import { incidentRunning } from '../incidents/refusals.ts';
import type { Switchboard } from '../leaks/switchboard.ts';
import { fileOf } from '../work/load.ts';
import type { Workbench } from '../work/workbench.ts';
import { refusingInIncident } from './incident.ts';

const least_bytes = 512;
const most_bytes = 10 * 1024 * 1024;
const most_oneIn = 1_000_000;

const changeBody = v.strictObject({
  enabled: v.boolean(),
  bytes_per_request: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(least_bytes), v.maxValue(most_bytes)),
  ),
  one_in: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most_oneIn))),
  preset: v.optional(v.picklist(['default', 'field', 'fast'])),
  variant: v.optional(v.picklist(['leaky', 'fixed', 'learner'])),
});

const clearBody = v.strictObject({ leak_type: v.string() });

/** There is none of them in a blind service, and each is refused while an incident runs. */
export function leakRoutes(switchboard: Switchboard, blind: Blindness, workbench: Workbench): Route[] {
  const load = (id: string) => {
    const className = switchboard.classNameOf(id);
    return workbench.load(id, { file: fileOf(className), className });
  };
  const routes: Route[] = [
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
      handler: async (request, response) => {
        const { leak_type } = checkBody(clearBody, request.body);
        const ids = Object.keys(switchboard.clear(leak_type));
        await switchboard.cleared();
        const leaks = Object.fromEntries(ids.map((id) => [id, switchboard.state(id)]));
        response.json({ cleared: leak_type, leaks });
      },
    },
    {
      method: 'post',
      path: '/admin/leaks/:id',
      refusals: refusals(
        'unknown_leak',
        'no_valkey',
        'valkey_unreachable',
        'code_does_not_load',
        'no_work_directory',
      ),
      summary:
        'Switches a leak on or off, and sets how much it keeps of each request, and of one request in how many; with its flaw, without, or as the learner wrote it, which is loaded anew each time.',
      body: changeBody,
      handler: async (request, response) => {
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
        if (change.enabled) await switchboard.prepare(id);
        try {
          const make = change.variant === 'learner' ? await load(id) : undefined;
          // One may have begun meanwhile.
          if (blind.inIncident) throw incidentRunning();
          switchboard.change(id, { ...change, make });
        } finally {
          workbench.keepOnly(switchboard.learnersIds);
        }
        await switchboard.cleared();
        response.json(switchboard.state(id));
      },
    },
  ];
  return refusingInIncident(routes, blind);
}
