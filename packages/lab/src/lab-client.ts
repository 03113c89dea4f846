import { readErrorAnswer } from './error-answer.ts';
import { LabError, reasonOf } from './lab-error.ts';

/** Memory as the service tells it (GET /admin/heap/statistics, /admin/memory). */
export interface ContainerMemory {
  readonly limit_bytes: number | null;
  readonly working_set_bytes: number;
}

export interface LeakState {
  readonly id: string;
  readonly enabled: boolean;
  readonly entries: number;
  readonly estimated_size_mb: number;
  readonly bytes_per_request?: number;
}

export interface ServiceMemory {
  readonly process: {
    readonly pid: number;
    readonly rss_bytes: number;
    readonly heap_used_bytes: number;
    readonly uptime_seconds: number;
  };
  readonly container: ContainerMemory | null;
}

/** Speaks to the service's admin API. Every failure is a `LabError` that says what to do. */
export class LabClient {
  readonly url: string;
  readonly token: string | undefined;

  constructor(url: string, token: string | undefined = undefined) {
    this.url = url;
    this.token = token;
  }

  health(): Promise<{ status: string; pid: number; uptime_seconds: number }> {
    return this.#get('/health');
  }

  memory(): Promise<ServiceMemory> {
    return this.#get('/admin/memory', 800);
  }

  heapStatistics(): Promise<{ heap: { heap_size_limit_bytes: number }; container: ContainerMemory | null }> {
    return this.#get('/admin/heap/statistics');
  }

  async leaks(): Promise<LeakState[]> {
    const { leaks } = await this.#get<{ leaks: Record<string, LeakState> }>('/admin/leaks/status');
    return Object.entries(leaks).map(([id, state]) => ({ ...state, id }));
  }

  switchLeak(id: string, wanted: Record<string, unknown>): Promise<LeakState> {
    return this.#post(`/admin/leaks/${encodeURIComponent(id)}`, wanted);
  }

  setUpstream(wanted: Record<string, number>): Promise<Record<string, number>> {
    return this.#post('/admin/upstream', wanted);
  }

  reset(): Promise<unknown> {
    return this.#post('/admin/reset', {});
  }

  #get<T>(path: string, timeout_ms = 5000): Promise<T> {
    return this.#ask<T>(path, { method: 'GET' }, timeout_ms);
  }

  #post<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>(path, { method: 'POST', body: JSON.stringify(body) }, 30_000);
  }

  async #ask<T>(path: string, init: RequestInit, timeout_ms: number): Promise<T> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (this.token !== undefined) headers['authorization'] = `Bearer ${this.token}`;
    let response: Response;
    try {
      response = await fetch(new URL(path, this.url), {
        ...init,
        headers,
        signal: AbortSignal.timeout(timeout_ms),
      });
    } catch (error) {
      throw this.#unreachable(path, error);
    }
    const text = await response.text();
    if (!response.ok) throw refused(`${init.method} ${path}`, response.status, text);
    return JSON.parse(text) as T;
  }

  #unreachable(path: string, error: unknown): LabError {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return new LabError({
      problem: `The service does not answer at ${this.url}.`,
      expected: `an answer to ${path}`,
      came: reasonOf(cause),
      advice: './lab up starts the lab; ./lab status says what runs and where',
    });
  }
}

/** A refusal in the service's own words. */
function refused(request: string, status: number, text: string): LabError {
  const { message, details } = readErrorAnswer(text);
  return new LabError({
    problem: `${request} was refused with ${status}.`,
    came: details === undefined ? message : `${message} ${JSON.stringify(details)}`,
    advice:
      status === 401 || status === 403
        ? 'set ADMIN_TOKEN to the token the service was started with'
        : './lab help shows the commands; ./lab status shows the leaks there are',
  });
}
