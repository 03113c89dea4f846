import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { openStore, type Store } from '../store/store.ts';
import { Warnings } from '../warnings.ts';

/** What the services beside the first told while a lab has them: each a record of its own, of the same form as the first one's. */
export class PatientRecords {
  readonly #directory: string;
  readonly #logger: Logger;
  readonly #open = new Map<string, Store>();

  /** `directory`: what is in it is theirs alone. */
  constructor(directory: string, logger: Logger) {
    this.#directory = directory;
    this.#logger = logger;
  }

  /** The record of one, by its name, "b" and on: as it was left, or a new one. */
  of(name: string): Store {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    // Whatever keeps one from being written keeps the first service's from it too, and that one's warnings tell.
    const store = openStore(join(this.#directory, name), new Warnings(this.#logger), this.#logger);
    this.#open.set(name, store);
    return store;
  }

  /** The record of one that is looked at now. */
  opened(name: string): Store | undefined {
    return this.#open.get(name);
  }

  /** They stay as they are, for the next console. */
  close(): void {
    for (const store of this.#open.values()) store.close();
    this.#open.clear();
  }

  /** No lab needs them any more. */
  forget(): void {
    this.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
