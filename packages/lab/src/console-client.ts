import type { Death, DeathSummary } from '../../../services/console/src/api/contract.ts';
import { readErrorAnswer } from './error-answer.ts';
import { LabError, reasonOf } from './lab-error.ts';

const patience_ms = 10_000;

/** Reads the console's API. Every failure is a `LabError` that says what to do. */
export class ConsoleClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Newest first. */
  async deaths(): Promise<readonly DeathSummary[]> {
    return (await this.#json<{ deaths: readonly DeathSummary[] }>('/api/deaths')).deaths;
  }

  death(id: number): Promise<Death> {
    return this.#json(`/api/deaths/${id}`);
  }

  /** The archive of all there is, as it comes. */
  async evidence(): Promise<Response> {
    return this.#ask('/api/evidence', undefined);
  }

  async #json<T>(path: string): Promise<T> {
    return (await (await this.#ask(path, patience_ms)).json()) as T;
  }

  async #ask(path: string, timeout_ms: number | undefined): Promise<Response> {
    let response: Response;
    try {
      const signal = timeout_ms === undefined ? null : AbortSignal.timeout(timeout_ms);
      response = await fetch(new URL(path, this.url), { signal });
    } catch (error) {
      throw this.#unreachable(path, error);
    }
    if (response.ok) return response;
    throw refused(path, response.status, await response.text());
  }

  #unreachable(path: string, error: unknown): LabError {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return new LabError({
      problem: `The console does not answer at ${this.url}.`,
      expected: `an answer to ${path}`,
      came: reasonOf(cause),
      advice:
        'what it recorded is kept: ./lab up (or ./lab up --docker) starts it again; ./lab logs console says why it ended',
    });
  }
}

/** A refusal in the console's own words. */
function refused(path: string, status: number, text: string): LabError {
  return new LabError({
    problem: `The console answered ${path} with ${status}.`,
    came: readErrorAnswer(text).message,
    advice: './lab logs console shows what went wrong; ./lab status says what runs and where',
  });
}
