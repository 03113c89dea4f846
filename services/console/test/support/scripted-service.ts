/**
 * A process that answers as the service does to the console, and misbehaves when told to (by IPC). It holds and takes
 * real memory and writes real snapshots.
 */
import { copyFileSync, renameSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import type { Behaviour } from './behaviour.ts';

const behaviour: Behaviour = {
  mode: 'well',
  limit_bytes: 256 * 2 ** 20,
  usage_bytes: 100 * 2 ** 20,
  usage_bytes_per_request: 0,
  requests_per_sample: 0,
  leaks: [
    {
      id: 'cache',
      enabled: false,
      entries: 0,
      retained_bytes: 0,
      bytes_per_request: 16384,
      unit: 'request',
      one_in: 1,
    },
  ],
  sampling: { since: new Date().toISOString(), recording: false },
  lines: [],
  fits: true,
  repeats: false,
};
let samples = 0;
let snapshots = 0;
let last: string | undefined;
class KeptThing {
  readonly name = `thing ${Math.random()}`;
}
const kept: KeptThing[] = [];

process.on('message', (change: Partial<Behaviour>) => {
  Object.assign(behaviour, change);
  if (change.mode === 'away') {
    server.close();
    server.closeAllConnections();
  } else if (!server.listening) server.listen(port, '127.0.0.1');
  process.send?.({ changed: true });
});
process.on('disconnect', () => process.exit(0));

const server = createServer((request, response) => {
  if (behaviour.mode === 'hangs') return;
  if (behaviour.mode === 'nonsense') return void response.end('<h1>It works!</h1>');
  const routes: Record<string, () => void> = {
    'GET /admin/sample': () => json(response, sample()),
    'GET /admin/memory/snapshot': () => json(response, { ...behaviour.sampling, by_line: behaviour.lines }),
    'GET /admin/heap/guard': () => json(response, guard()),
    'POST /admin/heap/snapshot': () => takeSnapshot(response),
    'POST /admin/gc': () => json(response, { collected: true, freed_mb: 1.5 }),
  };
  const route = routes[`${request.method} ${request.url}`];
  if (route) route();
  else
    json(response, { error: { code: 'not_found', message: `Nothing at ${request.url}.`, details: {} } }, 404);
});
let port = Number(process.env['PORT'] ?? 0);
server.listen(port, '127.0.0.1');
server.once('listening', () => {
  ({ port } = server.address() as AddressInfo);
  process.send?.({ listening: server.address() });
});

function sample(): object {
  samples += 1;
  const total = samples * behaviour.requests_per_sample;
  const used = behaviour.usage_bytes + total * behaviour.usage_bytes_per_request;
  return {
    pid: process.pid,
    started_at: new Date(performance.timeOrigin).toISOString(),
    uptime_seconds: process.uptime(),
    process: {
      rss_bytes: used,
      heap_used_bytes: used / 2,
      heap_total_bytes: used / 2,
      external_bytes: 0,
      array_buffers_bytes: 0,
      cpu_seconds: process.cpuUsage().user / 1e6,
    },
    container: { limit_bytes: behaviour.limit_bytes, working_set_bytes: used, enforced_by: 'kernel' },
    requests: {
      total,
      errors: 0,
      in_flight: 1,
      oldest_in_flight: [{ method: 'GET', path: '/api/data', age_seconds: 0.2 }],
    },
    ...(behaviour.leaks && { leaks: behaviour.leaks }),
  };
}

function guard(): object {
  const { fits, limit_bytes } = behaviour;
  return {
    fits,
    limit_bytes,
    usage_bytes: 200 * 2 ** 20,
    available_bytes: 56 * 2 ** 20,
    live_heap_bytes: 60 * 2 ** 20,
    estimated_objects: 1_000_000,
    estimated_cost_bytes: 270 * 2 ** 20,
    estimated_seconds: 2,
    basis: 'test',
    advice: ['Take the first one early.'],
  };
}

function takeSnapshot(response: ServerResponse): void {
  let text = '';
  // The body says whether it is forced.
  response.req.on('data', (piece) => {
    text += piece;
  });
  response.req.on('end', () => {
    if (!behaviour.fits && !JSON.parse(text).force) {
      const error = { code: 'snapshot_would_not_fit', message: 'It would not fit.', details: guard() };
      return json(response, { error }, 409);
    }
    for (let index = 0; index < 1000; index += 1) kept.push(new KeptThing());
    const begun = performance.now();
    snapshots += 1;
    const file = `heap-${process.pid}-${snapshots}.heapsnapshot`;
    const path = join(process.env['SNAPSHOT_DIRECTORY'] ?? '', file);
    if (behaviour.repeats && last) copyFileSync(last, `${path}.partial`);
    else writeHeapSnapshot(`${path}.partial`);
    last = path;
    renameSync(`${path}.partial`, path);
    const { size } = statSync(path);
    const seconds = (performance.now() - begun) / 1000;
    const taken_at = new Date().toISOString();
    json(
      response,
      { file, size_bytes: size, seconds, pid: process.pid, live_heap_bytes: 5e6, taken_at },
      201,
    );
  });
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
