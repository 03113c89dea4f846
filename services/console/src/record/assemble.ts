import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { Deaths } from '../deaths/deaths.ts';
import { findEndingNote } from '../deaths/endings.ts';
import type { ServiceClient } from '../service/client.ts';
import { lastLife } from '../store/lives.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { recordedSpan } from '../store/samples.ts';
import type { Store } from '../store/store.ts';
import type { Stream } from '../stream/stream.ts';
import type { Warnings } from '../warnings.ts';
import { RecordClock } from './clock.ts';
import { EventLog } from './event-log.ts';
import { LifeTracker } from './life-tracker.ts';
import { AllocationProfiler } from './profiler.ts';
import { Recent } from './recent.ts';
import { ServiceStanding } from './service-state.ts';
import { ToldFollower } from './told-follower.ts';
import { Watch } from './watch.ts';

export interface RecordDeps {
  readonly config: Config;
  readonly store: Store;
  readonly stream: Stream;
  readonly warnings: Warnings;
  readonly logger: Logger;
  readonly client: ServiceClient;
  /** After each look, when it is in the record. */
  readonly looked: () => void;
}

/** In Docker a container's address may be gone for some seconds though its process is not. */
const patience_seconds = { embedded: 5, docker: 10 } as const;

/** Puts together what makes the record. */
export function assembleRecord({ config, store, stream, warnings, logger, client, looked }: RecordDeps) {
  const { database, writer } = store;
  const clock = new RecordClock(warnings, recordedSpan(database)?.last_ms);
  const events = new EventLog(store, stream, clock);
  const recent = new Recent();
  const tracker = new LifeTracker(lastLife(database), () => database.nextId('lives'));
  const { sharedDirectory, deathsFile } = config;
  const deaths = new Deaths({ store, events, stream, logger, recent, sharedDirectory });
  const standing = new ServiceStanding(clock.now_ms(), config.serviceUrl);
  const profiler = new AllocationProfiler({ client, store, clock, recent, logger });
  const stoppedInOrder = readMeta(database, 'stopped_in_order_at') !== undefined;
  writer.write(() => writeMeta(database, 'stopped_in_order_at', undefined));
  events.add('console_start', 'The console begins to watch');
  const watch = new Watch({
    store,
    clock,
    events,
    deaths,
    tracker,
    recent,
    standing,
    told: deathsFile === undefined ? undefined : new ToldFollower(deathsFile, store, deaths, tracker),
    noteOf: (life) =>
      sharedDirectory === undefined ? undefined : findEndingNote(join(sharedDirectory, 'endings'), life),
    stoppedInOrder,
    patience_seconds: patience_seconds[config.mode],
    looked: (look) => {
      looked();
      if (look.kind !== 'reading' || tracker.life === undefined) return;
      void profiler.consider(tracker.life.id, look.reading);
    },
  });
  return {
    clock,
    events,
    standing,
    tracker,
    recent,
    deaths,
    watch,
    /** Takes a profile of what is alive now; never rejects, and where the service does not answer there is none. */
    async profile(): Promise<void> {
      const { life } = tracker;
      if (life !== undefined && standing.isUp) await profiler.take(life.id, life.pid);
    },
    /** The console ends because somebody wants it to: the next one may take the service for stopped too. */
    stopInOrder(): void {
      writer.write(() => writeMeta(database, 'stopped_in_order_at', new Date().toISOString()));
    },
  };
}
