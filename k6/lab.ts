import exec from 'k6/execution';
import http from 'k6/http';
import { bodyOf, type Drive, driveFor, usualDrive } from '../packages/workload/src/index.ts';

/** Where the service is; inside the compose network it is set to http://leaky-service:8080. */
export const baseUrl = (__ENV['BASE_URL'] || 'http://127.0.0.1:8080').replace(/\/+$/, '');

/** Requests a second; the same default as ./lab load. */
export const rate = numberFrom('RATE', usualDrive.rate_per_second);

/** How long the load lasts. */
export const duration_seconds = (usual_seconds: number): number => secondsFrom('DURATION', usual_seconds);

/** One request as the service's callers send it. */
export const readData = () => send(usualDrive);

/** One request of a kind. */
export const send = (drive: Drive) =>
  http.request(drive.method, baseUrl + drive.path, bodyFor(drive), {
    headers: typeFor(drive),
    timeout: '10s',
  });

const bodies: Record<string, string> = {};
/** What a request brings: made once for each user. */
export function bodyFor({ body }: Drive): string | null {
  if (body === undefined) return null;
  bodies[body] ??= bodyOf(body);
  return bodies[body];
}

export const typeFor = ({ body }: Drive): Record<string, string> =>
  body === undefined ? {} : { 'content-type': 'application/json' };

/** The share of `rate` that is sent: all of it where RATE was set, else less of what is seldom by its nature. */
export const shareOf = ({ rate_per_second }: Drive): number =>
  __ENV['RATE'] ? 1 : Math.min(1, rate_per_second / usualDrive.rate_per_second);

/** What the leaks that are on grow by; the usual request where none is, or where the lab is blind. */
export const driveOfLeaks = (): Drive => {
  const states = Object.values(leakStates() ?? {});
  return driveFor(states.filter(({ enabled }) => enabled).map(({ drive }) => drive));
};

/** Sends one request, unless what is sent is seldom and this iteration is not one of the few. */
export function sendIfDue(drive: Drive): void {
  const every = Math.round(1 / shareOf(drive));
  if (exec.scenario.iterationInTest % every === 0) send(drive);
}

interface LeakState {
  readonly enabled: boolean;
  readonly drive: Drive;
  readonly presets: readonly string[];
}

/** All leaks, by id; undefined where the lab is blind or an incident runs. Ends the test where the service does not answer. */
function leakStates(): Record<string, LeakState> | undefined {
  const path = '/admin/leaks/status';
  const response = ask('GET', path);
  // A blind lab has no such route, and one in an incident refuses it.
  if (response.status === 404 || response.status === 409) return undefined;
  return answerOf<{ leaks: Record<string, LeakState> }>(response, 'GET', path).leaks;
}

/** The leaks that are on, by id; undefined where the lab is blind. */
export function leaksOn(): string[] | undefined {
  const leaks = leakStates();
  return leaks && Object.keys(leaks).filter((id) => leaks[id]?.enabled);
}

export function leaksInWords(): string {
  const on = leaksOn();
  if (on === undefined) return 'The lab is blind: what leaks is for you to find.';
  return `Leaks that are on: ${on.join(', ') || 'none'}.`;
}

/** Turns a leak on, so that it ends the service within minutes where it has a size for that. */
export function turnOn(leak: string): void {
  const isSlow = leakStates()?.[leak]?.presets.includes('fast') ?? false;
  admin('POST', `/admin/leaks/${leak}`, { enabled: true, ...(isSlow && { preset: 'fast' }) });
}

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
  readonly process: { readonly rss_bytes: number; readonly uptime_seconds: number };
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
