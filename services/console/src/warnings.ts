import type { Logger } from 'pino';
import type { Warning } from './api/contract.ts';

/** What is wrong now: each fault once, by its code, on the page until it is over and in the log when it begins and ends. */
export class Warnings {
  readonly #warnings = new Map<string, Warning>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Tells of a fault; told again with other words, it stays the same fault. */
  raise(code: string, message: string): void {
    const known = this.#warnings.get(code);
    if (known?.message === message) return;
    this.#warnings.set(code, { code, message, since_ms: known?.since_ms ?? Date.now() });
    if (known === undefined) this.#logger.warn({ code }, message);
  }

  /** The fault is over, if there was one. */
  clear(code: string): void {
    if (this.#warnings.delete(code)) this.#logger.info({ code }, 'over');
  }

  list(): readonly Warning[] {
    return [...this.#warnings.values()];
  }
}
