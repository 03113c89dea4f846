import type { ClientRequest } from 'node:http';
import { TimeoutError } from './errors.ts';

/** How a call to the upstream ended. A call that neither answered nor failed has not finished. */
export type Outcome = 'success' | 'timeout' | 'error';

/** Counts calls by how they end, each once: when the answer has been read to its end, or when it broke off. */
export class Outcomes {
  readonly #finished: Record<Outcome, number> = { success: 0, timeout: 0, error: 0 };
  #started = 0;

  /** Calls by how they ended, since the start. */
  get counts(): Readonly<Record<Outcome | 'never_finished', number>> {
    const { success, timeout, error } = this.#finished;
    return { success, timeout, error, never_finished: this.#started - success - timeout - error };
  }

  follow(call: ClientRequest): void {
    this.#started += 1;
    let outcome: Outcome | undefined;
    const finish = (how: Outcome): void => {
      if (outcome !== undefined) return;
      outcome = how;
      this.#finished[how] += 1;
    };
    const fail = (error?: unknown): void => finish(error instanceof TimeoutError ? 'timeout' : 'error');
    call.on('error', fail);
    call.on('response', (answer) => {
      answer.on('end', () => finish((answer.statusCode ?? 500) < 500 ? 'success' : 'error'));
      answer.on('error', fail);
    });
    call.on('close', fail);
  }
}
