import { basename } from 'node:path';
import { checkBody, HttpError, type Route } from '@leak-lab/json-service';
import * as v from 'valibot';
import { idIn } from '../http/query.ts';
import { type Shelf, shelfLimits } from '../snapshots/shelf.ts';
import type { SnapshotTaker } from '../snapshots/take.ts';
import type { SnapshotList } from './contract.ts';

const takeBody = v.strictObject({
  force: v.optional(v.boolean()),
  limit: v.optional(v.picklist(['keep', 'raise'])),
});
const pinBody = v.strictObject({ pinned: v.boolean() });

/** The shelf as the page shows it. */
export function snapshotList(shelf: Shelf | undefined, taker: SnapshotTaker): SnapshotList {
  return {
    snapshots: shelf?.list() ?? [],
    under_way: taker.underWay,
    kept_at_most: shelfLimits.count,
    kept_at_most_bytes: shelfLimits.bytes,
  };
}

/** Snapshots: the guard's word, taking, keeping, reading and deleting them. */
export function snapshotRoutes(shelf: Shelf | undefined, taker: SnapshotTaker): Route[] {
  const required = (): Shelf => {
    if (shelf !== undefined) return shelf;
    throw new HttpError(503, 'no_shared_directory', 'There are no snapshots: set SHARED_DIRECTORY.');
  };
  return [
    {
      method: 'get',
      path: '/api/guard',
      summary: 'Whether a snapshot would fit now, by the service’s own guard.',
      handler: async (_request, response) => {
        response.json(await taker.guard());
      },
    },
    {
      method: 'get',
      path: '/api/snapshots',
      summary: 'The snapshots that are kept.',
      handler: (_request, response) => {
        response.json(snapshotList(shelf, taker));
      },
    },
    {
      method: 'post',
      path: '/api/snapshots',
      summary: 'Has the service take a snapshot; answers when it is there.',
      body: takeBody,
      handler: async (request, response) => {
        response.status(201).json(await taker.take(checkBody(takeBody, request.body ?? {})));
      },
    },
    {
      method: 'patch',
      path: '/api/snapshots/:id',
      summary: 'Pins a snapshot, so that it is not deleted to make room, or unpins it.',
      body: pinBody,
      handler: (request, response) => {
        const { pinned } = checkBody(pinBody, request.body);
        response.json(required().pin(idIn(request.params), pinned));
      },
    },
    {
      method: 'delete',
      path: '/api/snapshots/:id',
      summary: 'Deletes a snapshot and its file.',
      handler: (request, response) => {
        required().remove(idIn(request.params));
        response.status(204).end();
      },
    },
    {
      method: 'get',
      path: '/api/snapshots/:id/file',
      summary: 'The snapshot as DevTools opens it.',
      handler: (request, response, next) => {
        const path = required().pathOf(idIn(request.params));
        response.download(path, basename(path), { dotfiles: 'allow' }, (error) => error && next(error));
      },
    },
  ];
}
