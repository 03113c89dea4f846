import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Death, DeathSummary, LabEvent, Now, SampleSeries } from '../../src/api/contract.ts';
import type { Behaviour } from './behaviour.ts';
import type { Room } from './room.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const { PATH, NODE_COMPILE_CACHE } = process.env;
/** What each process is given of the test's own environment. */
const inherited = { PATH, NODE_COMPILE_CACHE };

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  readonly url: string;
  /** Ends it by a signal and waits. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface ScriptedService extends Running {
  behave(change: Partial<Behaviour>): Promise<void>;
}

export async function startScriptedService(room: Room, port = 0): Promise<ScriptedService> {
  const env = { PORT: String(port), SNAPSHOT_DIRECTORY: join(room.folder, 'shared/snapshots') };
  const running = await start(room, file('./scripted-service.ts'), env);
  return {
    ...running,
    async behave(change) {
      const changed = once(running.child, 'message');
      running.child.send(change);
      await changed;
    },
  };
}

export interface RunningConsole extends Running {
  get<T>(path: string): Promise<T>;
  ask(method: string, path: string, body?: object): Promise<{ status: number; json: unknown }>;
  now(): Promise<Now>;
  samples(): Promise<SampleSeries>;
  events(): Promise<readonly LabEvent[]>;
  deaths(): Promise<readonly DeathSummary[]>;
  death(id: number): Promise<Death>;
}

export interface ConsoleOptions {
  readonly room: Room;
  readonly service: { readonly port: number };
  readonly env?: Readonly<Record<string, string>>;
}

const consoleEnv = ({ room, service, env }: ConsoleOptions) => ({
  PORT: '0',
  LOG_LEVEL: 'silent',
  SERVICE_URL: `http://127.0.0.1:${service.port}`,
  DATA_DIRECTORY: join(room.folder, 'data'),
  SHARED_DIRECTORY: join(room.folder, 'shared'),
  ...env,
});

/** As the lab starts it. */
const frugal = ['--max-semi-space-size=2', '--max-old-space-size=256'];

export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const running = await start(options.room, file('../../src/main.ts'), consoleEnv(options), frugal);
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' };
    const request = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const answer = await fetch(running.url + path, request);
    const words = await answer.text();
    return { status: answer.status, json: words === '' ? undefined : JSON.parse(words) };
  };
  const get = async <T>(path: string) => (await ask('GET', path)).json as T;
  return {
    ...running,
    get,
    ask,
    now: () => get<Now>('/api/now'),
    samples: () => get<SampleSeries>('/api/samples?from=0&points=10000'),
    events: async () => (await get<{ events: LabEvent[] }>('/api/events')).events,
    deaths: async () => (await get<{ deaths: DeathSummary[] }>('/api/deaths')).deaths,
    death: (id) => get<Death>(`/api/deaths/${id}`),
  };
}

/** A console that is expected not to start: its exit code and what it said. */
export async function failingConsole(
  options: ConsoleOptions,
): Promise<{ code: number | null; error: string }> {
  const child = spawn(process.execPath, [file('../../src/main.ts')], {
    env: { ...inherited, ...consoleEnv(options) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [error, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, error };
}

async function start(
  room: Room,
  script: string,
  env: Readonly<Record<string, string>>,
  nodeFlags: readonly string[] = [],
): Promise<Running> {
  const child = spawn(process.execPath, [...nodeFlags, script], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  room.atEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const early = ended.then(([code]) =>
    Promise.reject(new Error(`${script} ended with ${code} before it listened`)),
  );
  const [message] = (await Promise.race([once(child, 'message'), early])) as [{ listening: AddressInfo }];
  early.catch(() => undefined);
  const { port } = message.listening;
  return {
    child,
    port,
    url: `http://127.0.0.1:${port}`,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
