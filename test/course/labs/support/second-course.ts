import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Evidence, type Progress, readProgress, type Session, type Setup } from '@leak-lab/course';
import { root } from '../../../../packages/lab/src/settings.ts';
import { Conductor } from '../../../../services/console/src/course/conductor.ts';
import { gatherEvidence, type Moment } from '../../../../services/console/src/course/gather-evidence.ts';
import { loadLabs } from '../../../../services/console/src/course/labs.ts';
import { Patients } from '../../../../services/console/src/course/patients.ts';
import { ProgressFile } from '../../../../services/console/src/course/progress-file.ts';
import { Traffic } from '../../../../services/console/src/course/traffic.ts';
import { createLogger } from '../../../../services/console/src/logger.ts';
import { ServiceClient } from '../../../../services/console/src/service/client.ts';
import { Database } from '../../../../services/console/src/store/database.ts';
import { databaseFile } from '../../../../services/console/src/store/open.ts';
import type { Store } from '../../../../services/console/src/store/store.ts';
import { Warnings } from '../../../../services/console/src/warnings.ts';

/** Nothing is ever asked there: this course only looks at what was recorded. */
const nowhere = 'http://127.0.0.1:9';

/** What somebody has done, and when that is. */
export interface Reached {
  readonly session: Session;
  readonly now_ms: () => number;
}

/** The course over the record of a lab that runs, with another progress than the learner's; it sends nothing to the service. */
export class SecondCourse implements Disposable {
  readonly #console: string;
  readonly #connections: DatabaseSync[] = [];
  readonly #store: Store;
  readonly #conductors: Conductor[] = [];

  /** `folder`: the lab's state. */
  constructor(folder: string) {
    this.#console = join(folder, 'console');
    this.#store = this.#record(this.#console);
  }

  /** What the learner has reached. */
  get progress(): Progress {
    return readProgress(readFileSync(join(this.#console, 'course/progress.json'), 'utf8'));
  }

  /** The course for one who has reached that, then; what is recorded later is not known. */
  async at(session: Session, now_ms: Reached['now_ms'] = Date.now): Promise<Conductor> {
    const logger = createLogger('silent');
    const directory = mkdtempSync(join(this.#console, 'second-'));
    const progress: Progress = { ...this.progress, session: { ...session, traffic_per_second: 0 } };
    writeFileSync(join(directory, 'progress.json'), JSON.stringify(progress));
    const conductor = new Conductor({
      labs: await loadLabs(join(root, 'labs')),
      file: new ProgressFile(directory, new Warnings(logger)),
      store: this.#store,
      client: new ServiceClient(nowhere, undefined),
      patients: new RecordedPatients((name) => this.#record(join(this.#console, 'patients', name)), now_ms),
      keeper: undefined,
      traffic: new Traffic(nowhere),
      workDirectory: directory,
      sourceDirectory: undefined,
      now_ms,
      service: () => ({ isUp: true, life: undefined }),
      nextLook: async () => undefined,
      profile: async () => undefined,
      changed: () => undefined,
      logger,
    });
    this.#conductors.push(conductor);
    return conductor;
  }

  /** What was recorded from the begin of that session till then, in a part of a lab that began so. */
  evidence(
    { session, now_ms }: Reached,
    { level = session.level ?? 0, in_the_open = false, traffic_per_second }: Omit<Setup, 'seeds'>,
  ): Evidence {
    const moment: Moment = {
      level,
      now_ms: now_ms(),
      traffic_per_second,
      service_is_up: true,
      patients: [],
      inTheOpen: in_the_open,
    };
    return gatherEvidence(this.#store, session, moment);
  }

  [Symbol.dispose](): void {
    for (const conductor of this.#conductors) conductor.stop();
    for (const connection of this.#connections) connection.close();
  }

  #record(folder: string): Store {
    const connection = new DatabaseSync(databaseFile(folder), { readOnly: true });
    this.#connections.push(connection);
    return { database: new Database(connection) } as Store;
  }
}

/** The services beside the first as they were recorded: nothing is begun in them. */
class RecordedPatients extends Patients {
  constructor(of: (name: string) => Store, now_ms: () => number) {
    const records = { of, close: () => undefined, forget: () => undefined };
    super({ urls: [nowhere, nowhere], adminToken: undefined, keeper: undefined, records, now_ms });
  }

  override async bring(): Promise<void> {
    throw new Error('Nothing begins in a record.');
  }

  override async goOn(): Promise<void> {}
}
