import { spawnSync } from 'node:child_process';

const project = process.env['COMPOSE_PROJECT_NAME'] || 'leak-lab';

export interface EngineEvent {
  readonly time_ms: number;
  readonly action: 'oom' | 'die' | 'start';
  /** Of the process, with `die`. */
  readonly exit_code: number | null;
}

/** What the engine knows of one death of the service's container. */
export interface EngineKnowledge {
  readonly container: string;
  /** Around the death, oldest first. The engine remembers its last 256 events only. */
  readonly events: readonly EngineEvent[];
  readonly exit_code: number | null;
  /** `null` where nothing tells: the engine forgets it when the container starts again. */
  readonly oom_killed: boolean | null;
  readonly restart_count: number;
}

/** The console sees a death when its next reading fails, and dates it by the last that did not. */
const around_ms = 15_000;

/** Asks the engine what it knows of the death at `time_ms`; `undefined` where there is no container of the lab's. */
export function askEngine(time_ms: number): EngineKnowledge | undefined {
  const container = run([
    ...['ps', '--all', '--quiet', '--no-trunc'],
    ...['--filter', `label=com.docker.compose.project=${project}`],
    ...['--filter', 'label=com.docker.compose.service=leaky-service'],
  ])?.split('\n')[0];
  if (container === undefined || container === '') return undefined;
  const inspected = run(['inspect', '--format', '{{json .State}} {{.RestartCount}}', container]) ?? '';
  const seconds = (at_ms: number) => (at_ms / 1000).toFixed(3);
  const until_ms = Math.min(Date.now(), time_ms + around_ms);
  const events = run([
    ...['events', '--since', seconds(time_ms - around_ms), '--until', seconds(until_ms)],
    ...['--filter', `container=${container}`, '--filter', 'event=oom', '--filter', 'event=die'],
    ...['--filter', 'event=start', '--format', '{{json .}}'],
  ]);
  return { container: container.slice(0, 12), ...readKnowledge(events ?? '', inspected, time_ms) };
}

/** Reads the engine's events (one JSON object a line) and `State RestartCount` of `docker inspect`. */
export function readKnowledge(
  events: string,
  inspected: string,
  time_ms: number,
): Omit<EngineKnowledge, 'container'> {
  const seen = events.split('\n').filter(Boolean).map(readEvent);
  const nearest = seen
    .filter(({ action }) => action === 'die')
    .toSorted((a, b) => Math.abs(a.time_ms - time_ms) - Math.abs(b.time_ms - time_ms))[0];
  const space = inspected.lastIndexOf(' ');
  const state = JSON.parse(inspected.slice(0, space) || '{}') as {
    Running?: boolean;
    OOMKilled?: boolean;
    ExitCode?: number;
    FinishedAt?: string;
  };
  const stillDead =
    state.Running === false && Math.abs(Date.parse(state.FinishedAt ?? '') - time_ms) < around_ms;
  const sawOom = seen.some(
    ({ action, time_ms: at }) => action === 'oom' && Math.abs(at - (nearest?.time_ms ?? time_ms)) < 2000,
  );
  return {
    events: seen,
    exit_code: nearest?.exit_code ?? (stillDead ? (state.ExitCode ?? null) : null),
    oom_killed: stillDead ? (state.OOMKilled ?? null) : nearest === undefined ? null : sawOom,
    restart_count: Number(inspected.slice(space + 1)) || 0,
  };
}

function readEvent(line: string): EngineEvent {
  const { Action, timeNano, Actor } = JSON.parse(line) as {
    Action: EngineEvent['action'];
    timeNano: number;
    Actor: { Attributes: { exitCode?: string } };
  };
  const { exitCode } = Actor.Attributes;
  return {
    time_ms: Math.round(timeNano / 1e6),
    action: Action,
    exit_code: exitCode === undefined ? null : Number(exitCode),
  };
}

function run(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('docker', args, { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? stdout.trim() : undefined;
}
