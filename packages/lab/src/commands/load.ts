import { lastContainerDeath } from '../docker/last-death.ts';
import { LabError } from '../lab-error.ts';
import { AutocannonEngine } from '../load/autocannon-engine.ts';
import { displayOn } from '../load/display.ts';
import { drive, summarize } from '../load/drive.ts';
import type { LoadEngine } from '../load/engine.ts';
import { hasK6, K6Engine, k6Path } from '../load/k6-engine.ts';
import { findBound } from '../load/look.ts';
import { findLab } from '../running-lab.ts';
import { readDeaths } from '../state/deaths.ts';
import type { StateDirectory } from '../state/state-directory.ts';
import { causeInWords } from '../supervisor/cause-of-death.ts';
import { parseSeconds } from '../text/duration.ts';

export interface LoadOptions {
  readonly rate: string;
  readonly connections: string;
  readonly path: string;
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

export const usual_connections = '10';

/** `./lab load`: requests at a steady rate, on the lab's own service only, until Ctrl-C or `--duration`. */
export async function load(options: LoadOptions): Promise<void> {
  const rate = wholeNumber(options.rate, '--rate', 100_000);
  const connections = wholeNumber(options.connections, '--connections', 10_000);
  const duration_seconds =
    options.duration === undefined ? undefined : parseSeconds(options.duration, '--duration');
  const { client, directory, embedded } = findLab();
  const useK6 = choosesK6(options);
  const target = { url: targetUrl(client.url, options.path), rate, connections };
  const bound = await findBound(client, embedded?.limit.limit_bytes);

  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const engine: LoadEngine = useK6
    ? await K6Engine.start(target)
    : new AutocannonEngine(target, `${client.url}/health`);
  const display = displayOn(process.stderr);
  const until = duration_seconds === undefined ? 'until Ctrl-C' : `for ${options.duration}`;
  display.event(`${rate} requests a second to ${target.url} by ${engine.name}, ${until}.`);

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
function choosesK6({ engine, path, connections }: LoadOptions): boolean {
  const able = path === k6Path && connections === usual_connections;
  if (engine === 'autocannon' || (engine === 'auto' && !(able && hasK6()))) return false;
  if (able && hasK6()) return true;
  throw new LabError({
    problem: able
      ? 'k6 1.0 or later is not on PATH.'
      : 'k6 asks for /api/data and opens the connections it needs.',
    expected: able ? 'k6, which runs TypeScript' : 'no --path and no --connections with --engine k6',
    advice: able
      ? 'install it (https://grafana.com/docs/k6/latest/set-up/install-k6/), or leave --engine out'
      : './lab load --engine autocannon takes both',
  });
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

function wholeNumber(text: string, option: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new LabError({
    problem: `${option} cannot be used.`,
    expected: `a whole number from 1 to ${most}`,
    came: JSON.stringify(text),
    advice: `./lab load ${option} 200`,
  });
}
