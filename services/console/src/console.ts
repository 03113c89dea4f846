import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Analyses } from './analysis/analyses.ts';
import { allocationRoutes } from './api/allocations.ts';
import { courseRoutes } from './api/course.ts';
import { deathRoutes } from './api/deaths.ts';
import { diffRoutes } from './api/diffs.ts';
import { evidenceRoutes } from './api/evidence.ts';
import { readNow } from './api/now.ts';
import { serviceRoutes } from './api/service.ts';
import { snapshotList, snapshotRoutes } from './api/snapshots.ts';
import { stateRoutes } from './api/state.ts';
import { verdictRoutes } from './api/verdict.ts';
import type { Config } from './config.ts';
import { assembleCourse } from './course/assemble.ts';
import type { LoadedLab } from './course/labs.ts';
import { PatientRecords } from './course/patient-records.ts';
import { pageDirectory } from './http/page.ts';
import { createConsoleServer } from './http/server.ts';
import { assembleRecord } from './record/assemble.ts';
import { Poller } from './record/poller.ts';
import { ServiceClient } from './service/client.ts';
import { type Channel, LimitRaise } from './snapshots/limit-raise.ts';
import { Shelf } from './snapshots/shelf.ts';
import { SnapshotTaker } from './snapshots/take.ts';
import { tidy } from './snapshots/tidy.ts';
import { openStore } from './store/store.ts';
import { Stream } from './stream/stream.ts';
import { Warnings } from './warnings.ts';

export interface ConsoleDeps {
  readonly config: Config;
  readonly logger: Logger;
  /** To whoever started the console. */
  readonly channel: Channel;
  readonly labs: readonly LoadedLab[];
}

export interface Console {
  readonly server: Server;
  /** Begins to look at the service. */
  start(): void;
  /** Ends looking and streams, and closes the record; the server is the caller's to close. */
  stop(): void;
}

/** Looks between two glances at the folder of snapshots. */
const tidyEach = 3;

/** Puts the parts together; listens to nothing yet. Throws where another console has the record. */
export function assembleConsole({ config, logger, channel, labs }: ConsoleDeps): Console {
  const { mode, sharedDirectory } = config;
  const warnings = new Warnings(logger);
  const stream = new Stream();
  const store = openStore(config.dataDirectory, warnings, logger);
  const client = new ServiceClient(config.serviceUrl, config.adminToken);
  const record = assembleRecord({ config, store, stream, warnings, logger, client, looked });
  const { clock, events, standing, tracker, recent, deaths } = record;

  const changed = (): void => {
    stream.send('snapshots', snapshotList(shelf, taker));
    stream.send('now', now());
  };
  const shelf =
    sharedDirectory === undefined ? undefined : new Shelf(join(sharedDirectory, 'snapshots'), store, changed);
  const limitRaise =
    mode === 'embedded'
      ? new LimitRaise(channel, (to_bytes) =>
          events.add('limit_restored', 'The memory limit is what it was', { to_bytes }),
        )
      : undefined;
  const now_ms = () => clock.now_ms();
  const taker = new SnapshotTaker({ client, shelf, events, standing, limitRaise, now_ms, changed });
  const analyses = new Analyses({ store, shelf, events, stream, logger });
  const now = () => readNow({ mode, clock, standing, tracker, recent, deaths, warnings, limitRaise });

  const patientRecords = new PatientRecords(join(config.dataDirectory, 'patients'), logger);
  const course = assembleCourse({
    config,
    channel,
    labs,
    store,
    patientRecords,
    stream,
    warnings,
    client,
    clock,
    standing,
    tracker,
    nextLook: () => poller.next(),
    profile: record.profile,
    logger,
  });

  let looks = 0;
  let tidiedLife: number | undefined;
  function looked(): void {
    const { life } = tracker;
    const anotherLife = life?.id !== tidiedLife;
    if (shelf !== undefined && !taker.underWay && (anotherLife || looks % tidyEach === 0)) {
      tidy(shelf, warnings, {
        pid: life?.pid ?? null,
        started_at_ms: life?.started_at_ms ?? null,
      });
      tidiedLife = life?.id;
    }
    looks += 1;
    stream.send('now', now());
  }

  const poller = new Poller(client, (look) => {
    try {
      record.watch.take(look);
      warnings.clear('watch_failed');
    } catch (error) {
      // One look that cannot be made sense of must not be the last one.
      logger.error({ err: error }, 'a look at the service was not recorded');
      warnings.raise(
        'watch_failed',
        `What the service told was not recorded: ${(error as Error).message}. The log says more.`,
      );
    }
  });
  const server = createConsoleServer({
    routes: [
      ...stateRoutes({ store, besides: (name) => patientRecords.opened(name), stream, now }),
      ...allocationRoutes(store, config.sourceDirectory),
      ...deathRoutes(store),
      ...verdictRoutes(store),
      ...snapshotRoutes(shelf, taker),
      ...diffRoutes(analyses, store),
      ...serviceRoutes(client, events),
      ...evidenceRoutes({ store, shelf, now }),
      ...courseRoutes(course),
    ],
    allowedHosts: config.allowedHosts,
    logger,
    pageDirectory,
  });
  return {
    server,
    start: () => poller.start(),
    stop() {
      poller.stop();
      course.stop();
      analyses.close();
      stream.close();
      record.stopInOrder();
      store.close();
      client.close();
    },
  };
}
