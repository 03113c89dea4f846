import type { Progress } from '@leak-lab/course';
import type {
  Course,
  Death,
  DeathSummary,
  LabText,
  Now,
  PastIncidents,
  RecordedVerdict,
} from '../../../services/console/src/api/contract.ts';
import { readErrorAnswer } from './error-answer.ts';
import { LabError, reasonOf } from './lab-error.ts';

const patience_ms = 10_000;
/** A lab may have to start services. */
const coursePatience_ms = 40_000;

/** Speaks to the console's API. Every failure is a `LabError` that says what to do. */
export class ConsoleClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  now(): Promise<Now> {
    return this.#json('/api/now');
  }

  /** Newest first. */
  async deaths(): Promise<readonly DeathSummary[]> {
    return (await this.#json<{ deaths: readonly DeathSummary[] }>('/api/deaths')).deaths;
  }

  death(id: number): Promise<Death> {
    return this.#json(`/api/deaths/${id}`);
  }

  /** The verdict on a window, ms since the epoch; where nothing is said, the last quarter of an hour. */
  verdict(window: {
    readonly from_ms: number | undefined;
    readonly to_ms: number | undefined;
    readonly threshold: number | undefined;
  }): Promise<RecordedVerdict> {
    const { from_ms: from, to_ms: to, threshold } = window;
    const query = Object.entries({ from, to, threshold }).filter(([, value]) => value !== undefined);
    return this.#json(
      `/api/verdict?${new URLSearchParams(query.map(([name, value]) => [name, String(value)]))}`,
    );
  }

  course(): Promise<Course> {
    return this.#json('/api/course');
  }

  lab(id: string): Promise<LabText> {
    return this.#json(`/api/course/labs/${encodeURIComponent(id)}`);
  }

  incidents(): Promise<PastIncidents> {
    return this.#json('/api/course/incidents');
  }

  /** All that is kept of the course. */
  progress(): Promise<Progress> {
    return this.#json('/api/course/progress');
  }

  /** Does something in the course: `start`, `check`, `answer` and others, as the console's contract has them. */
  inCourse<T = Course>(what: string, body: object): Promise<T> {
    return this.#json(`/api/course/${what}`, body, coursePatience_ms);
  }

  /** Whether it answers. */
  async isThere(): Promise<boolean> {
    try {
      await this.#ask('/health', patience_ms);
      return true;
    } catch {
      return false;
    }
  }

  /** The archive of all there is, as it comes. */
  async evidence(): Promise<Response> {
    return this.#ask('/api/evidence', undefined);
  }

  async #json<T>(path: string, body?: object, timeout_ms = patience_ms): Promise<T> {
    return (await (await this.#ask(path, timeout_ms, body)).json()) as T;
  }

  async #ask(path: string, timeout_ms: number | undefined, body?: object): Promise<Response> {
    let response: Response;
    try {
      const signal = timeout_ms === undefined ? null : AbortSignal.timeout(timeout_ms);
      const sent = body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
      response = await fetch(new URL(path, this.url), { ...sent, signal });
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
  if (path.startsWith('/api/course')) {
    const advice = './lab check shows what the lab asks for; ./lab progress shows the labs';
    return new LabError({ problem: readErrorAnswer(text).message, advice });
  }
  return new LabError({
    problem: `The console answered ${path} with ${status}.`,
    came: readErrorAnswer(text).message,
    advice: './lab logs console shows what went wrong; ./lab status says what runs and where',
  });
}
