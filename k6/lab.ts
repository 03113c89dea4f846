import exec from 'k6/execution';
import http from 'k6/http';

/** Where the service is; inside the compose network it is set to http://leaky-service:8080. */
export const baseUrl = (__ENV['BASE_URL'] || 'http://127.0.0.1:8080').replace(/\/+$/, '');

/** Requests a second; the same default as ./lab load. */
export const rate = numberFrom('RATE', 200);

/** How long the load lasts. */
export const duration_seconds = (usual_seconds: number): number => secondsFrom('DURATION', usual_seconds);

/** One request as the service's callers send it. */
export const readData = () => http.get(`${baseUrl}/api/data`, { timeout: '10s' });

interface LeakState {
  readonly enabled: boolean;
}

/** The leaks that are on, by id; undefined where the lab is blind. Ends the test where the service does not answer. */
export function leaksOn(): string[] | undefined {
  const path = '/admin/leaks/status';
  const response = ask('GET', path);
  // A blind lab has no such route.
  if (response.status === 404) return undefined;
  const { leaks } = answerOf<{ leaks: Record<string, LeakState> }>(response, 'GET', path);
  return Object.keys(leaks).filter((id) => leaks[id]?.enabled);
}

export function leaksInWords(): string {
  const on = leaksOn();
  if (on === undefined) return 'The lab is blind: what leaks is for you to find.';
  return `Leaks that are on: ${on.join(', ') || 'none'}.`;
}

export const turnOn = (leak: string) => admin('POST', `/admin/leaks/${leak}`, { enabled: true });

/** Asks the admin API. Ends the test, saying what came, where the answer is no success. */
export function admin<Answer>(method: 'GET' | 'POST', path: string, body?: object): Answer {
  return answerOf(ask(method, path, body), method, path);
}

const ask = (method: 'GET' | 'POST', path: string, body?: object) =>
  http.request(method, baseUrl + path, body ? JSON.stringify(body) : null, {
    headers: adminHeaders(),
    timeout: '10s',
  });

function answerOf<Answer>(response: ReturnType<typeof ask>, method: string, path: string): Answer {
  if (response.status !== 200) {
    const silent = `${response.error}. Is the lab up, and BASE_URL right?`;
    const came = response.status === 0 ? silent : `${response.status} ${response.body}`;
    exec.test.abort(`Expected 200 from ${method} ${baseUrl}${path}, got: ${came}`);
  }
  return response.json() as Answer;
}

export interface MemoryAnswer {
  readonly process: { readonly rss_bytes: number };
  readonly container: { readonly limit_bytes: number; readonly working_set_bytes: number } | null;
}

/** The service's memory in words, such as "120 of 256 MB": what counts against its limit, and the limit. */
export const memoryNow = (): string => memoryIn(admin<MemoryAnswer>('GET', '/admin/memory'));

export function memoryIn({ process, container }: MemoryAnswer): string {
  const megabytes = (size_bytes: number) => Math.round(size_bytes / 2 ** 20);
  if (!container) return `${megabytes(process.rss_bytes)} MB`;
  return `${megabytes(container.working_set_bytes)} of ${megabytes(container.limit_bytes)} MB`;
}

export function adminHeaders(): Record<string, string> {
  const token = __ENV['ADMIN_TOKEN'];
  return { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
}

function numberFrom(name: string, usual: number): number {
  const text = __ENV[name];
  if (!text) return usual;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name}: expected a number above 0, got ${JSON.stringify(text)}.`);
  return value;
}

function secondsFrom(name: string, usual_seconds: number): number {
  const text = __ENV[name];
  if (!text) return usual_seconds;
  const [, count, unit] = /^([1-9]\d*)(s|m|h)$/.exec(text) ?? [];
  if (!count)
    throw new Error(`${name}: expected a duration such as 60s or 10m, got ${JSON.stringify(text)}.`);
  return Number(count) * (unit === 'h' ? 3600 : unit === 'm' ? 60 : 1);
}
