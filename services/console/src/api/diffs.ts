import { checkBody, type Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import type { Analyses } from '../analysis/analyses.ts';
import { idIn } from '../http/query.ts';
import { latestDiff, listDiffs } from '../store/diffs.ts';
import type { Store } from '../store/store.ts';

const id = v.pipe(v.number(), v.integer(), v.minValue(0));
const diffBody = v.strictObject({ before: id, after: id });

/** Comparisons of two snapshots. */
export function diffRoutes(analyses: Analyses, { database }: Store): Route[] {
  return [
    {
      method: 'post',
      path: '/api/diffs',
      summary: 'Compares two snapshots: 202 while it runs, 200 when it is done already.',
      body: diffBody,
      handler: (request, response) => {
        const { before, after } = checkBody(diffBody, request.body);
        const diff = analyses.begin(before, after);
        response.status(diff.status === 'running' ? 202 : 200).json(diff);
      },
    },
    {
      method: 'get',
      path: '/api/diffs',
      summary: 'The comparisons made, newest first, without what they found.',
      handler: (_request, response) => {
        response.json({ diffs: listDiffs(database) });
      },
    },
    {
      method: 'get',
      path: '/api/diffs/latest',
      summary: 'The comparison made last; null before the first.',
      handler: (_request, response) => {
        response.json(latestDiff(database) ?? null);
      },
    },
    {
      method: 'get',
      path: '/api/diffs/:id',
      summary: 'A comparison, or how far it is.',
      handler: (request, response) => {
        response.json(analyses.read(idIn(request.params)));
      },
    },
    {
      method: 'delete',
      path: '/api/diffs/:id',
      summary: 'Cancels a comparison that runs.',
      handler: (request, response) => {
        response.json(analyses.cancel(idIn(request.params)));
      },
    },
  ];
}
