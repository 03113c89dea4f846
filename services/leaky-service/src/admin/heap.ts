import { pipeline } from 'node:stream/promises';
import { checkBody, type Route } from '@leak-lab/json-service';
import type { Response } from 'express';
import * as v from 'valibot';
import { refusals } from '../errors.ts';
import { checkQuery, queryFlag } from '../http/query.ts';
import type { SnapshotGuard } from '../snapshots/guard.ts';
import type { Snapshotter, StreamedSnapshot } from '../snapshots/snapshotter.ts';

const snapshotQuery = v.strictObject({ force: queryFlag });
const snapshotBody = v.strictObject({ force: v.optional(v.boolean(), false) });

export function heapRoutes(guard: SnapshotGuard, snapshotter: Snapshotter): Route[] {
  return [
    {
      method: 'get',
      path: '/admin/heap/guard',
      summary:
        'Whether a heap snapshot would fit under the memory limit now, and what to do where it would not.',
      handler: async (_request, response) => {
        response.json(await guard.recent(snapshotter.way));
      },
    },
    {
      method: 'get',
      path: '/admin/heap/snapshot',
      refusals: refusals(
        'snapshot_would_not_fit',
        'snapshot_under_way',
        'snapshots_not_writable',
        'disk_full',
      ),
      summary:
        'A heap snapshot for Chrome DevTools, refused where it would not fit; ?force=true takes it all the same.',
      handler: async (request, response) => {
        const { force } = checkQuery(snapshotQuery, request);
        // Express answers HEAD by what stands at GET; nobody wants a snapshot taken to be thrown away.
        if (request.method === 'HEAD') return void response.end();
        await snapshotter.stream(force, (snapshot) => send(snapshot, response));
      },
    },
    {
      method: 'post',
      path: '/admin/heap/snapshot',
      success: 201,
      refusals: refusals(
        'snapshot_would_not_fit',
        'snapshot_under_way',
        'no_snapshot_directory',
        'snapshots_not_writable',
        'disk_full',
      ),
      summary: 'Writes a heap snapshot into SNAPSHOT_DIRECTORY, under its name only when it is whole.',
      body: snapshotBody,
      handler: async (request, response) => {
        const { force } = checkBody(snapshotBody, request.body ?? {});
        response.status(201).json(await snapshotter.write(force));
      },
    },
  ];
}

/** Resolves when the snapshot has left, or whoever asked for it has. */
async function send({ name, body, size_bytes }: StreamedSnapshot, response: Response): Promise<void> {
  response.set('content-type', 'application/json');
  response.set('content-disposition', `attachment; filename="${name}"`);
  if (size_bytes !== undefined) response.set('content-length', String(size_bytes));
  // A reader that leaves is its own business, not a failure of the service.
  await pipeline(body, response).catch(() => response.destroy());
}
