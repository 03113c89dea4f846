import { checkProgress, isOpen, type Progress } from '@leak-lab/course';
import { mostSeed } from '@leak-lab/incident';
import { checkBody, HttpError, type Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import { mendsAnything } from '../course/bench.ts';
import type { Conductor } from '../course/conductor.ts';
import { pastIncidents } from '../course/drill-view.ts';
import type { WantedDrill } from '../course/drills.ts';
import { toHtml } from '../course/texts.ts';
import { highest_perSecond } from '../course/traffic.ts';
import { summaryOf } from '../course/view.ts';
import type { LabText, PastIncidents } from './contract.ts';

const labId = v.string('the number of a lab, as "02"');
const startBody = v.strictObject({ lab: labId, instead: v.optional(v.boolean(), false) });
const answerBody = v.strictObject({ key: v.string(), value: v.pipe(v.string(), v.maxLength(500)) });
const trafficBody = v.strictObject({
  per_second: v.nullable(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(0),
      v.maxValue(highest_perSecond, `at most ${highest_perSecond}`),
    ),
  ),
});
const incidentBody = v.strictObject({
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostSeed))),
  level: v.optional(v.picklist([1, 2, 3]), 1),
  replay: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  instead: v.optional(v.boolean(), false),
});
const featureBody = v.strictObject({ file: v.pipe(v.string(), v.minLength(1), v.maxLength(100)) });
const resetBody = v.strictObject({ lab: v.optional(labId) });
const solutionBody = v.strictObject({ lab: labId, give_up: v.optional(v.boolean(), false) });

/** The labs: their texts, what is asked, what was seen, and answers. */
export function courseRoutes(conductor: Conductor): Route[] {
  return [
    {
      method: 'get',
      path: '/api/course',
      summary: 'The labs, and the one that runs.',
      handler: (_request, response) => {
        response.json(conductor.course());
      },
    },
    {
      method: 'get',
      path: '/api/course/labs/:id',
      summary: 'A lab with its text as HTML.',
      handler: (request, response) => {
        const lab = conductor.lab(String(request.params['id']));
        const summary = summaryOf(lab, conductor.progress);
        response.json({
          ...summary,
          call: lab.call,
          services: lab.services ?? 1,
          folder: lab.folder,
          mends: mendsAnything(lab),
          html: toHtml(lab.text),
          solution: isOpen(conductor.progress, lab.id) ? 'open' : 'closed',
        } satisfies LabText);
      },
    },
    {
      method: 'get',
      path: '/api/course/progress',
      summary: 'What was reached, to be kept elsewhere too.',
      handler: (_request, response) => {
        response.json(conductor.progress);
      },
    },
    post(
      'progress',
      'Takes what was reached elsewhere, where nothing is known here.',
      v.looseObject({}),
      async (body) => conductor.takeOver(readKept(body)),
    ),
    post('start', 'Begins a lab.', startBody, ({ lab, instead }) => conductor.start(lab, instead)),
    post('check', 'Looks at once.', v.looseObject({}), () => conductor.check()),
    post('answer', 'Answers a question.', answerBody, ({ key, value }) => conductor.answer(key, value)),
    post('hint', 'The next hint.', v.looseObject({}), () => conductor.hint()),
    post('traffic', 'How much the customers ask.', trafficBody, ({ per_second }) =>
      conductor.setTraffic(per_second),
    ),
    post('reset', 'Ends the lab that runs.', resetBody, ({ lab }) => conductor.reset(lab)),
    post('incident', 'Begins an incident.', incidentBody, ({ seed, level, replay, instead }) =>
      conductor.startDrill(replay === undefined ? { seed, level } : past(conductor, replay), instead),
    ),
    post('incident/off', 'Switches a feature off in an incident.', featureBody, ({ file }) =>
      conductor.act('off', file),
    ),
    post('incident/mend', 'Puts your copy of a feature in its place.', featureBody, ({ file }) =>
      conductor.act('mend', file),
    ),
    post('incident/end', 'Ends the incident, scored.', v.looseObject({}), () => conductor.endDrill()),
    {
      method: 'get',
      path: '/api/course/incidents',
      summary: 'The incidents that are over.',
      handler: (_request, response) => {
        response.json({ incidents: pastIncidents(conductor.progress.incidents) } satisfies PastIncidents);
      },
    },
    post('solution', 'The solution, once it is open.', solutionBody, async ({ lab, give_up }) => {
      const markdown = conductor.solution(lab, give_up);
      return { markdown, html: toHtml(markdown) };
    }),
  ];
}

/** One that is over, by its number. Throws 404. */
function past({ progress: { incidents } }: Conductor, number: number): WantedDrill {
  const found = incidents[number - 1];
  if (found !== undefined) return found;
  const known =
    incidents.length === 0
      ? 'none is over so far'
      : `${incidents.length === 1 ? '1 is' : `1 to ${incidents.length} are`} over`;
  throw new HttpError(
    404,
    'unknown_incident',
    `Expected the number of an incident that is over (${known}); got ${number}. ./lab incident history shows them.`,
  );
}

function readKept(body: unknown): Progress {
  try {
    return checkProgress(body);
  } catch (error) {
    throw new HttpError(
      400,
      'invalid_body',
      `That is no progress of the course: ${(error as Error).message}.`,
    );
  }
}

function post<Schema extends v.GenericSchema>(
  name: string,
  summary: string,
  body: Schema,
  answer: (body: v.InferOutput<Schema>) => Promise<unknown>,
): Route {
  return {
    method: 'post',
    path: `/api/course/${name}`,
    summary,
    body,
    handler: async (request, response) => {
      response.json(await answer(checkBody(body, request.body ?? {})));
    },
  };
}
