import { type BodyName, bodyOf, type Drive, driveFor } from '@leak-lab/workload';
import { lastContainerDeath } from '../docker/last-death.ts';
import type { LabClient } from '../lab-client.ts';
import { LabError } from '../lab-error.ts';
import { AutocannonEngine } from '../load/autocannon-engine.ts';
import { displayOn } from '../load/display.ts';
import { drive, summarize } from '../load/drive.ts';
import type { LoadEngine } from '../load/engine.ts';
import { hasK6, K6Engine } from '../load/k6-engine.ts';
import { findBound } from '../load/look.ts';
import { findLab } from '../running-lab.ts';
import { readDeaths } from '../state/deaths.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import { causeInWords } from '../supervisor/cause-of-death.ts';
import { parseSeconds } from '../text/duration.ts';
import { wholeNumber } from '../text/whole-number.ts';

export interface LoadOptions {
  readonly rate?: string;
  readonly connections: string;
  readonly path?: string;
  readonly body?: BodyName;
  readonly duration?: string;
  readonly engine: 'auto' | 'k6' | 'autocannon';
  readonly json?: boolean;
}

/** What the supervisor wrote down of a death. */
function recordedCause(directory: StateDirectory, pid: number): string | undefined {
  const death = readDeaths(directory).findLast(
    ({ program, pid: dead }) => program === 'service' && dead === pid,
  );
  return death && `${causeInWords(death.ended_by)} (exit ${death.exit_status})`;
}

/** What Docker says of the death that came last; each is told once. */
function causeOnDocker(): () => string | undefined {
  let since = new Date();
  return () => {
    const cause = lastContainerDeath(since);
    if (cause !== undefined) since = new Date();
    return cause;
  };
}

const usual_connections = '10';

/** `./lab load`: requests at a steady rate, on the lab's own service only, until Ctrl-C or `--duration`. */
export async function load(options: LoadOptions): Promise<void> {
  const connections = numberOf(options.connections, '--connections', 10_000);
  const duration_seconds =
    options.duration === undefined ? undefined : parseSeconds(options.duration, '--duration');
  const { client, directory, embedded } = findLab();
  const useK6 = choosesK6(options);
  const wanted = await wantedDrive(client, options);
  const rate =
    options.rate === undefined ? wanted.rate_per_second : numberOf(options.rate, '--rate', 100_000);
  const target = {
    url: targetUrl(client.url, wanted.path),
    method: wanted.method,
    body: wanted.body && bodyOf(wanted.body),
    rate,
    connections,
  };
  const bound = await findBound(client, embedded?.limit.limit_bytes);

  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const engine: LoadEngine = useK6
    ? await K6Engine.start(target)
    : new AutocannonEngine(target, `${client.url}/health`);
  const display = displayOn(process.stderr);
  const until = duration_seconds === undefined ? 'until Ctrl-C' : `for ${options.duration}`;
  const what = `${target.method === 'GET' ? '' : `${target.method} `}${target.url}${wanted.body ? ` with a ${wanted.body} body` : ''}`;
  display.event(`${rate} requests a second to ${what} by ${engine.name}, ${until}.`);

  const summary = await drive({
    client,
    engine,
    display,
    duration_seconds,
    bound,
    stop: stopping.signal,
    causeOfLastDeath: embedded === undefined ? causeOnDocker() : (pid) => recordedCause(directory, pid),
  });
  display.end();
  console.log(options.json ? JSON.stringify(summary, null, 2) : summarize(summary));
  if (summary.failure !== undefined) process.exitCode = 1;
}

/** k6 where it is installed and can do what was asked. Throws a `LabError` where it was asked for and cannot. */
function choosesK6({ engine, path, body, connections }: LoadOptions): boolean {
  const able = path === undefined && body === undefined && connections === usual_connections;
  if (engine === 'autocannon' || (engine === 'auto' && !(able && hasK6()))) return false;
  if (able && hasK6()) return true;
  throw new LabError({
    problem: able
      ? 'k6 1.0 or later is not on PATH.'
      : 'k6 sends what the leaks that are on grow by, and opens the connections it needs.',
    expected: able
      ? 'k6, which runs TypeScript'
      : 'no --path, no --body and no --connections with --engine k6',
    advice: able
      ? 'install it (https://grafana.com/docs/k6/latest/set-up/install-k6/), or leave --engine out'
      : './lab load --engine autocannon takes them',
  });
}

/** What is told to be sent, else what the leaks that are on grow by. A blind lab does not tell: then the usual. */
async function wantedDrive(client: LabClient, { path, body }: LoadOptions): Promise<Drive> {
  const states = await client.leaks().catch(() => []);
  const drive = driveFor(states.filter(({ enabled }) => enabled).map((state) => state.drive));
  if (path === undefined && body === undefined) return drive;
  const named: Drive = {
    method: body === undefined ? 'GET' : 'POST',
    path: path ?? '/api/ingest',
    rate_per_second: 200,
  };
  return body === undefined ? named : { ...named, body };
}

/** The URL of a path of the lab's service. Throws a `LabError` where the path leads elsewhere. */
export function targetUrl(base: string, path: string): string {
  const url = new URL(base);
  if (path.startsWith('/') && URL.canParse(path, base) && new URL(path, base).origin === url.origin) {
    return new URL(path, base).href;
  }
  throw new LabError({
    problem: 'The path is none of the service’s.',
    expected: 'a path that begins with one /, as /api/data',
    came: JSON.stringify(path),
    advice: './lab load --path /api/data (the lab sends load to its own service only)',
  });
}

const numberOf = (text: string, option: string, most: number): number =>
  wholeNumber(text, { option, least: 1, most, advice: `./lab load ${option} 200` });
