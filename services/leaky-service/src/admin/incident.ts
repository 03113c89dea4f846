import { levels, mostSeed } from '@leak-lab/incident';
import { checkBody, type Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import { refusals } from '../errors.ts';
import type { Blindness } from '../incidents/blindness.ts';
import type { Incidents } from '../incidents/incidents.ts';
import { incidentRunning } from '../incidents/refusals.ts';

const beginBody = v.strictObject({
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostSeed)),
  level: v.optional(v.picklist(levels)),
});

const featureBody = v.strictObject({ file: v.pipe(v.string(), v.maxLength(100)) });

const path = '/admin/incident';

export function incidentRoutes(incidents: Incidents): Route[] {
  return [
    {
      method: 'get',
      path,
      summary: 'Whether an incident runs, and since when; never what it is.',
      handler: (_request, response) => {
        response.json(incidents.state);
      },
    },
    {
      method: 'post',
      path,
      refusals: refusals(
        'incident_running',
        'no_incident_file',
        'incident_not_kept',
        'no_valkey',
        'valkey_unreachable',
      ),
      summary:
        'Begins the incident that a seed stands for, after a reset. It goes on over deaths of the service; until it is over nothing here says what it is.',
      body: beginBody,
      handler: async (request, response) => {
        const { seed, level } = checkBody(beginBody, request.body);
        response.json(await incidents.begin(seed, level));
      },
    },
    {
      method: 'post',
      path: `${path}/off`,
      refusals: refusals('no_incident', 'unknown_feature'),
      summary:
        'Switches a feature of the service off while an incident runs, by its file, as "response-cache.ts". What it held it holds on to; whether it leaked is not said.',
      body: featureBody,
      handler: (request, response) => {
        response.json(incidents.switchOff(checkBody(featureBody, request.body).file));
      },
    },
    {
      method: 'post',
      path: `${path}/mend`,
      refusals: refusals('no_incident', 'unknown_feature', 'code_does_not_load', 'no_work_directory'),
      summary:
        'Puts the learner’s copy of a feature in its place while an incident runs, by its file. What it held is let go; whether it leaked is not said.',
      body: featureBody,
      handler: async (request, response) => {
        response.json(await incidents.mend(checkBody(featureBody, request.body).file));
      },
    },
    {
      method: 'delete',
      path,
      refusals: refusals('incident_not_kept'),
      summary: 'Ends the incident: everything as after a start, the upstream too, garbage collected.',
      handler: async (_request, response) => {
        response.json(await incidents.end());
      },
    },
  ];
}

/** The same routes, which refuse while an incident runs. */
export function refusingInIncident(routes: readonly Route[], blind: Blindness): Route[] {
  return routes.map((route) => ({
    ...route,
    refusals: joined(route.refusals, refusals('incident_running')),
    handler: (request, response, next) => {
      if (blind.inIncident) throw incidentRunning();
      return route.handler(request, response, next);
    },
  }));
}

type Refusals = Readonly<Record<number, string>>;

function joined(some: Refusals = {}, more: Refusals = {}): Refusals {
  const of = (status: string) => [some[Number(status)], more[Number(status)]].filter(Boolean).join(', ');
  return Object.fromEntries(Object.keys({ ...some, ...more }).map((status) => [status, of(status)]));
}
