import type { Drive } from '@leak-lab/workload';
import { readErrorAnswer } from './error-answer.ts';
import { LabError, reasonOf } from './lab-error.ts';

/** Memory as the service tells it (GET /admin/heap/statistics, /admin/memory). */
export interface ContainerMemory {
  readonly limit_bytes: number | null;
  readonly working_set_bytes: number;
}

export interface LeakState {
  readonly unit: 'request' | 'event' | 'connection' | 'time';
  readonly memory: 'heap' | 'external' | 'sockets' | 'remote';
  readonly drive: Drive;
  readonly one_in: number;
  readonly id: string;
  readonly enabled: boolean;
  readonly entries: number;
  readonly estimated_size_mb: number;
  readonly bytes_per_request?: number;
}

/** Whether something goes wrong that the service tells nothing of (GET /admin/incident). */
export interface IncidentState {
  readonly running: boolean;
  readonly started_at: string | null;
}

/** Where it is that a leak holds what it holds, where that is not the service. */
export const placeInWords = ({ memory }: Pick<LeakState, 'memory'>): string =>
  memory === 'remote' ? ' in Valkey' : '';

export interface ServiceMemory {
  readonly process: {
    readonly pid: number;
    readonly rss_bytes: number;
    readonly heap_used_bytes: number;
    readonly uptime_seconds: number;
  };
  readonly container: ContainerMemory | null;
}

/** What of GET /admin/sample the lab's commands read. Counters go up from the start of the process. */
export interface ServiceSample {
  readonly pid: number;
  readonly started_at: string;
  readonly process: {
    readonly rss_bytes: number;
    readonly heap_used_bytes: number;
    readonly heap_total_bytes: number;
    readonly external_bytes: number;
  };
  readonly heap_used_after_gc_bytes: number | null;
  readonly external_after_gc_bytes: number | null;
  readonly major_gc_count: number;
  readonly container: ContainerMemory | null;
  readonly reloads_total: number;
  readonly resources: {
    readonly open_sockets: number;
    readonly upstream_connections_opened_total: number;
  };
  /** Of the other server that it writes to, where there is one. */
  readonly remote?: {
    readonly used_memory_bytes: number | null;
    readonly limit_bytes: number | null;
  } | null;
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

  /** One reading of everything that changes. */
  sample(): Promise<ServiceSample> {
    return this.#get('/admin/sample');
  }

  collectGarbage(): Promise<unknown> {
    return this.#post('/admin/gc', {});
  }

  /** What is alive, by the stacks that allocated it, in pprof's format. */
  async heapProfile(): Promise<ArrayBuffer> {
    const path = '/admin/heap/profile?format=pprof';
    const response = await this.#answer(path, { method: 'GET' }, 15_000);
    if (!response.ok) throw refused(`GET ${path}`, response.status, await response.text());
    return response.arrayBuffer();
  }

  heapStatistics(): Promise<{ heap: { heap_size_limit_bytes: number }; container: ContainerMemory | null }> {
    return this.#get('/admin/heap/statistics');
  }

  incident(): Promise<IncidentState> {
    return this.#get('/admin/incident');
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
    const response = await this.#answer(path, init, timeout_ms);
    const text = await response.text();
    if (!response.ok) throw refused(`${init.method} ${path}`, response.status, text);
    return JSON.parse(text) as T;
  }

  async #answer(path: string, init: RequestInit, timeout_ms: number): Promise<Response> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (this.token !== undefined) headers['authorization'] = `Bearer ${this.token}`;
    try {
      return await fetch(new URL(path, this.url), {
        ...init,
        headers,
        signal: AbortSignal.timeout(timeout_ms),
      });
    } catch (error) {
      throw this.#unreachable(path, error);
    }
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

/** What the service refuses while an incident runs, it refuses for a while only. */
const incidentRuns = (request: string): LabError =>
  new LabError({
    problem: `${request} was refused: an incident is running.`,
    expected: 'no incident, so that leaks are told and switched',
    came: 'one that is for you to find, by memory, profiles and snapshots',
    advice:
      './lab verdict says what memory does, ./lab evidence keeps it; ./lab status says since when it runs',
  });

/** A refusal in the service's own words. */
function refused(request: string, status: number, text: string): LabError {
  const { code, message, details } = readErrorAnswer(text);
  if (code === 'incident_running') throw incidentRuns(request);
  return new LabError({
    problem: `${request} was refused with ${status}.`,
    came: details === undefined ? message : `${message} ${JSON.stringify(details)}`,
    advice:
      status === 401 || status === 403
        ? 'set ADMIN_TOKEN to the token the service was started with'
        : './lab help shows the commands; ./lab status shows the leaks there are',
  });
}
