import type { Logger } from 'pino';
import type { Warnings } from '../warnings.ts';
import { type Fault, faultOf } from './sqlite-error.ts';

/** Writes that wait for a disk that takes them: about a quarter of an hour of samples and what comes with them. */
const mostWaiting = 2_000;

const warningOf: Readonly<Record<'full' | 'unwritable' | 'busy', { code: string; words: string }>> = {
  full: {
    code: 'disk_full',
    words: 'The disk of DATA_DIRECTORY is full. Free some space: what is recorded now waits in memory',
  },
  unwritable: {
    code: 'disk_unwritable',
    words: 'DATA_DIRECTORY cannot be written. Make it writable: what is recorded now waits in memory',
  },
  busy: {
    code: 'database_busy',
    words: 'Another program holds the database. End it: what is recorded now waits in memory',
  },
};

/** Writes at once, and keeps in order what could not be written until it can. */
export class Writer {
  readonly #waiting: (() => void)[] = [];
  readonly #warnings: Warnings;
  readonly #logger: Logger;
  readonly #replaceCorrupt: (error: Error) => void;
  #dropped = 0;

  constructor(warnings: Warnings, logger: Logger, replaceCorrupt: (error: Error) => void) {
    this.#warnings = warnings;
    this.#logger = logger;
    this.#replaceCorrupt = replaceCorrupt;
  }

  /** Never throws: what cannot be written waits, and a warning tells. `action` is whole or has done nothing. */
  write(action: () => void): void {
    if (this.#waiting.length === 0 && this.#tryNow(action)) return;
    this.#waiting.push(action);
    if (this.#waiting.length > mostWaiting) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
  }

  /** Writes what waits, as far as it goes; called now and then. */
  retry(): void {
    while (this.#waiting.length > 0) {
      const [first] = this.#waiting;
      if (first !== undefined && !this.#tryNow(first)) return;
      this.#waiting.shift();
    }
    for (const { code } of Object.values(warningOf)) this.#warnings.clear(code);
    this.#dropped = 0;
  }

  /** Whether there is nothing left to do for `action`. */
  #tryNow(action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      return this.#judge(faultOf(error), error as Error, action);
    }
  }

  #judge(fault: Fault, error: Error, action: () => void): boolean {
    if (fault === 'corrupt') {
      this.#replaceCorrupt(error);
      try {
        action();
      } catch (again) {
        this.#logger.error({ err: again }, 'not recorded');
      }
      return true;
    }
    if (fault === 'other') {
      this.#logger.error({ err: error }, 'not recorded');
      return true;
    }
    const { code, words } = warningOf[fault];
    const lost = this.#dropped > 0 ? `; ${this.#dropped} entries are lost by now` : '';
    this.#warnings.raise(code, `${words}${lost} (${error.message}).`);
    return false;
  }
}
