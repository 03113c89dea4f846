import type { Logger } from 'pino';
import type { Course } from '../api/contract.ts';
import type { ServiceClient } from '../service/client.ts';
import type { Store } from '../store/store.ts';
import type { LoadedLab } from './labs.ts';
import type { Patients } from './patients.ts';
import type { ProgressFile } from './progress-file.ts';
import type { ServicesKeeper } from './services-keeper.ts';
import type { Traffic } from './traffic.ts';

/** What the conductor works with. */
export interface ConductorDeps {
  readonly labs: readonly LoadedLab[];
  readonly file: ProgressFile;
  readonly store: Store;
  readonly client: ServiceClient;
  readonly patients: Patients;
  readonly keeper: ServicesKeeper | undefined;
  readonly traffic: Traffic;
  /** Where the learner's copies are. */
  readonly workDirectory: string;
  /** The service's own sources; where they are not known, nothing can be mended. */
  readonly sourceDirectory: string | undefined;
  readonly now_ms: () => number;
  readonly service: () => { readonly isUp: boolean; readonly life: number | undefined };
  /** Resolves when a look at the first service that begins after the call is in the record. */
  readonly nextLook: () => Promise<void>;
  /** Takes a profile of what is alive, with which later ones are compared. Never rejects. */
  readonly profile: () => Promise<void>;
  /** Whenever the course changed. */
  readonly changed: (course: Course) => void;
  readonly logger: Logger;
}
