import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { RecordClock } from '../record/clock.ts';
import type { LifeTracker } from '../record/life-tracker.ts';
import type { ServiceStanding } from '../record/service-state.ts';
import type { ServiceClient } from '../service/client.ts';
import type { Channel } from '../snapshots/limit-raise.ts';
import type { Store } from '../store/store.ts';
import type { Stream } from '../stream/stream.ts';
import type { Warnings } from '../warnings.ts';
import { Conductor } from './conductor.ts';
import type { LoadedLab } from './labs.ts';
import type { PatientRecords } from './patient-records.ts';
import { Patients } from './patients.ts';
import { ProgressFile } from './progress-file.ts';
import { ServicesKeeper } from './services-keeper.ts';
import { Traffic } from './traffic.ts';

export interface CourseDeps {
  readonly config: Config;
  /** To whoever started the console. */
  readonly channel: Channel;
  readonly labs: readonly LoadedLab[];
  readonly store: Store;
  readonly patientRecords: PatientRecords;
  readonly stream: Stream;
  readonly warnings: Warnings;
  readonly client: ServiceClient;
  readonly clock: RecordClock;
  readonly standing: ServiceStanding;
  readonly tracker: LifeTracker;
  readonly nextLook: () => Promise<void>;
  readonly profile: () => Promise<void>;
  readonly logger: Logger;
}

/** Puts together what runs the labs; a lab that was under way goes on. */
export function assembleCourse(deps: CourseDeps): Conductor {
  const { config, channel, labs, store, stream, warnings, client, clock, standing, tracker, logger } = deps;
  const records = deps.patientRecords;
  const keeper = config.mode === 'embedded' ? new ServicesKeeper(channel) : undefined;
  return new Conductor({
    labs,
    file: new ProgressFile(join(config.dataDirectory, 'course'), warnings),
    store,
    client,
    patients: new Patients({
      urls: config.patientUrls,
      adminToken: config.adminToken,
      keeper,
      records,
      now_ms: () => clock.now_ms(),
    }),
    keeper,
    traffic: new Traffic(config.serviceUrl),
    workDirectory: config.workDirectory,
    sourceDirectory: config.sourceDirectory,
    now_ms: () => clock.now_ms(),
    service: () => ({ isUp: standing.isUp, life: tracker.life?.id }),
    nextLook: deps.nextLook,
    profile: deps.profile,
    changed: (course) => stream.send('course', course),
    logger,
  });
}
