import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import express, { type Response } from 'express';
import {
  type Diff,
  type Now,
  type Sample,
  type SampleSeries,
  type SnapshotRecord,
  sampleColumns,
} from '../../src/api/contract.ts';
import { buildWeb, webDirectory } from '../build.ts';
import { demoRound, eventsUntil, placeOf, sampleAt } from './course.ts';
import * as evidence from './evidence.ts';
import { DemoCourse } from './labs.ts';
import { courseRoutes } from './labs-routes.ts';

const source = join(import.meta.dirname, '../../../leaky-service/src');
const history_ms = 10 * 60_000;

/** Seconds into a round at which a demonstration begins, by its name. */
export const moments = {
  climbing: demoRound.leak + 31,
  down: demoRound.death + 1,
  back: demoRound.back + 30,
} as const;

export interface DemoOptions {
  readonly port?: number;
  readonly moment?: keyof typeof moments;
  /** The page without switches. */
  readonly blind?: boolean;
}

/** The console's API over made-up data, for looking at the page without a lab. It says on the page what it is. */
export function startDemo({
  port = 0,
  moment = 'climbing',
  blind = false,
}: DemoOptions = {}): Promise<Server> {
  const rounds = Math.ceil(history_ms / 240_000);
  const begun_ms = Math.round(Date.now() / 1000) * 1000 - (rounds * 240 + moments[moment]) * 1000;
  const shelf: { list: SnapshotRecord[]; diff: Diff | null } = {
    list: evidence.snapshots(begun_ms),
    diff: null,
  };

  const course = new DemoCourse();

  const lastSample = (): Sample | null => {
    const at = Math.floor(Date.now() / 1000) * 1000;
    return sampleAt(at, begun_ms) ?? sampleAt(at - 6000, begun_ms);
  };
  const series = (from: number, to: number, points: number): SampleSeries => {
    const start = Math.ceil(Math.max(from, begun_ms) / 1000);
    const end = Math.floor(Math.min(to, Date.now()) / 1000);
    const step_seconds = Math.max(1, Math.ceil((end - start) / points));
    const samples: Sample[] = [];
    for (let at = start; at <= end; at += step_seconds) {
      const sample = sampleAt(at * 1000, begun_ms);
      if (sample) samples.push(sample);
    }
    const columns = Object.fromEntries(
      sampleColumns.map((name) => [name, samples.map((sample) => sample[name])]),
    );
    return { from_ms: from, to_ms: to, step_seconds, columns: columns as unknown as SampleSeries['columns'] };
  };
  const now = (): Now => {
    const time_ms = Date.now();
    const { at } = placeOf(time_ms, begun_ms);
    const down = at >= demoRound.death && at < demoRound.back;
    const leaking = at >= demoRound.leak + 8 && at < demoRound.death;
    const sample = lastSample();
    const left = ((sample?.limit_bytes ?? 0) - (sample?.usage_bytes ?? 0)) / (200 * 16_589 * 1.03);
    const roundBegun_ms = time_ms - at * 1000;
    return {
      time_ms,
      mode: 'embedded',
      service: {
        state: down ? 'down' : 'up',
        since_ms:
          roundBegun_ms +
          (down ? demoRound.death : at > demoRound.back ? demoRound.back : demoRound.back - 240) * 1000,
        message: down ? 'connection refused' : 'answers each second',
        pid: sample?.pid ?? null,
        started_at_ms: roundBegun_ms,
      },
      sample,
      limit_raised_from_bytes: null,
      growth: {
        bytes_per_second: leaking
          ? { low: 3.02e6, value: 3.25e6, high: 3.44e6 }
          : down
            ? null
            : { low: -9e4, value: 1e4, high: 1.1e5 },
        bytes_per_request: leaking ? { low: 16_010, value: 16_589, high: 17_100 } : null,
        seconds_to_limit: leaking ? { low: left * 0.88, value: left, high: left * 1.19 } : null,
      },
      ...(!blind && { leaks: evidence.leakStates(sample, begun_ms) }),
      warnings: [
        { code: 'demo', message: 'Demonstration data: no service is behind this page.', since_ms: begun_ms },
      ],
      deaths: evidence.deathsUntil(time_ms, begun_ms).length,
    };
  };
  const snapshotList = () => ({
    snapshots: shelf.list,
    under_way: false,
    kept_at_most: 20,
    kept_at_most_bytes: 4 * 1024 ** 3,
  });

  const app = express();
  app.use(express.json());
  app.use((_, response, next) => {
    response.set(
      'content-security-policy',
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    next();
  });
  app.get('/api/now', (_, response) => void response.json(now()));
  app.get('/api/samples', ({ query }, response) => {
    response.json(series(Number(query['from']), Number(query['to']), Number(query['points'] ?? 1000)));
  });
  app.get('/api/events', (_, response) => void response.json({ events: eventsUntil(Date.now(), begun_ms) }));
  app.get(
    '/api/deaths',
    (_, response) => void response.json({ deaths: evidence.deathsUntil(Date.now(), begun_ms) }),
  );
  app.get('/api/deaths/:id', ({ params }, response) => {
    const summary = evidence.deathsUntil(Date.now(), begun_ms).find(({ id }) => String(id) === params.id);
    const last = summary && sampleAt(summary.time_ms - 1000, begun_ms);
    if (!summary || !last)
      return refuse(response, 404, 'no_such_death', `Expected the id of a death; came ${params.id}.`);
    const samples = series(summary.time_ms - 60_000, summary.time_ms, 100);
    response.json(evidence.deathOf(summary, samples, last, begun_ms));
  });
  app.get('/api/allocations', ({ query }, response) => {
    const sample = lastSample();
    response.json(sample && evidence.allocations(sample, begun_ms, Number(query['since']) || null));
  });
  app.get('/api/source', ({ query }, response) => {
    const file = String(query['file']);
    if (!/^[\w/-]+\.ts$/.test(file))
      return refuse(response, 404, 'no_such_source', `Expected a file of the service; came ${file}.`);
    const lines = readFileSync(join(source, file), 'utf8').split('\n');
    const around = Number(query['around'] ?? 8);
    const first = Math.max(1, Number(query['line']) - around);
    response.json({ file, first_line: first, lines: lines.slice(first - 1, Number(query['line']) + around) });
  });
  app.get('/api/guard', (_, response) => void response.json(evidence.guardWord(lastSample())));
  app.get('/api/snapshots', (_, response) => void response.json(snapshotList()));
  app.post('/api/snapshots', ({ body }, response) => {
    const word = evidence.guardWord(lastSample());
    if (!word.fits && body.force !== true && body.limit !== 'raise') {
      return refuse(response, 409, 'snapshot_would_not_fit', 'The snapshot would not fit below the limit.', {
        advice: word.advice,
      });
    }
    const last = shelf.list.at(-1);
    const record = {
      ...evidence.snapshots(begun_ms)[1],
      id: (last?.id ?? 0) + 1,
      taken_at_ms: Date.now(),
      pinned: false,
    };
    shelf.list.push(record as SnapshotRecord);
    response.status(201).json(record);
  });
  app.patch('/api/snapshots/:id', ({ params, body }, response) => {
    shelf.list = shelf.list.map((one) =>
      String(one.id) === params.id ? { ...one, pinned: body.pinned } : one,
    );
    response.json(shelf.list.find(({ id }) => String(id) === params.id));
  });
  app.delete('/api/snapshots/:id', ({ params }, response) => {
    shelf.list = shelf.list.filter(({ id }) => String(id) !== params.id);
    response.status(204).end();
  });
  app.post('/api/diffs', ({ body }, response) => {
    shelf.diff = { ...evidence.diff, before: body.before, after: body.after };
    response.status(202).json(shelf.diff);
  });
  app.get('/api/diffs', (_, response) => {
    const { rows: _rows, collections: _collections, ...summary } = shelf.diff ?? evidence.diff;
    response.json({ diffs: [summary] });
  });
  app.get(
    ['/api/diffs/latest', '/api/diffs/:id'],
    (_, response) => void response.json(shelf.diff ?? evidence.diff),
  );
  courseRoutes(app, course);
  for (const path of ['/api/leaks/:id', '/api/gc', '/api/reset']) {
    app.post(path, (_, response) =>
      refuse(response, 503, 'demonstration', 'This is demonstration data: there is no service to change.'),
    );
  }
  app.get('/api/stream', (request, response) => {
    response.set('content-type', 'text/event-stream').flushHeaders();
    const say = (name: string, data: unknown) =>
      response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    const tick = () => {
      say('now', now());
      say('snapshots', snapshotList());
      say('course', course.course());
    };
    tick();
    const timer = setInterval(tick, 1000);
    request.on('close', () => clearInterval(timer));
  });
  app.use(express.static(webDirectory));

  const server = createServer(app);
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

function refuse(response: Response, status: number, code: string, message: string, details = {}): void {
  response.status(status).json({ error: { code, message, details } });
}

if (import.meta.main) {
  await buildWeb();
  const server = await startDemo({
    port: Number(process.env['PORT'] ?? 8089),
    moment: (process.argv[2] ?? 'climbing') as keyof typeof moments,
    blind: process.argv.includes('--blind'),
  });
  process.stdout.write(
    `Demonstration data on http://127.0.0.1:${(server.address() as { port: number }).port}\n`,
  );
}
