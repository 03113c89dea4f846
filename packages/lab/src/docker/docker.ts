import { spawn, spawnSync } from 'node:child_process';
import { LabError } from '../lab-error.ts';
import { type Environment, root } from '../settings.ts';

/** What this machine has of Docker. */
export type DockerState =
  | { readonly kind: 'ready'; readonly engine: string; readonly compose: string }
  | { readonly kind: 'absent' | 'forbidden' | 'silent' | 'no-compose'; readonly reason: string };

/** An engine that starts up may take a while; one that hangs must not hang the lab. */
const patience_ms = 10_000;

/** Asks the engine and Compose for their versions. */
export function askDocker(): DockerState {
  const engine = ask(['version', '--format', '{{.Server.Version}}']);
  if (engine.missing) return { kind: 'absent', reason: 'there is no docker command on PATH' };
  if (!engine.ok) {
    return { kind: /permission denied/i.test(engine.text) ? 'forbidden' : 'silent', reason: engine.text };
  }
  const compose = ask(['compose', 'version', '--short']);
  if (!compose.ok) return { kind: 'no-compose', reason: compose.text };
  return { kind: 'ready', engine: engine.text, compose: compose.text };
}

function ask(args: readonly string[]): { ok: boolean; missing: boolean; text: string } {
  const { status, error, stdout, stderr } = spawnSync('docker', args, {
    encoding: 'utf8',
    timeout: patience_ms,
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const text =
    status === 0
      ? stdout.trim()
      : (stderr ?? '').trim().split('\n').at(-1) || `no answer (${code ?? status})`;
  return { ok: status === 0, missing: code === 'ENOENT', text };
}

const advice = {
  absent: 'install Docker (https://docs.docker.com/get-docker/), or run the lab without it: ./lab up',
  forbidden:
    'let this user use Docker (sudo usermod -aG docker $USER, then log in again), or run the lab without it: ./lab up',
  silent:
    'start Docker (Docker Desktop, or: sudo systemctl start docker), or run the lab without it: ./lab up',
  'no-compose':
    'install Compose v2 (https://docs.docker.com/compose/install/), or run the lab without it: ./lab up',
} as const;

/** Throws a `LabError` where Docker cannot be used. */
export function requireDocker(state: DockerState = askDocker()): void {
  if (state.kind === 'ready') return;
  const problem = {
    absent: 'Docker is not installed.',
    forbidden: 'This user may not use the Docker Engine.',
    silent: 'The Docker Engine does not answer.',
    'no-compose': 'Docker has no Compose.',
  }[state.kind];
  throw new LabError({
    problem,
    expected: 'a Docker Engine that answers, with Compose v2',
    came: state.reason,
    advice: advice[state.kind],
  });
}

export const dockerAdvice = (kind: keyof typeof advice) => advice[kind];

const composeFolder = ['compose', '--project-directory', root];

/** Runs Compose with its own output on the terminal; resolves with its exit code. */
export function compose(args: readonly string[], environment: Environment = {}): Promise<number> {
  const child = spawn('docker', [...composeFolder, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** Runs Compose and answers with what it wrote; `undefined` where it failed. */
export function composeOutput(args: readonly string[], timeout_ms = patience_ms): string | undefined {
  const { status, stdout } = spawnSync('docker', [...composeFolder, ...args], {
    encoding: 'utf8',
    timeout: timeout_ms,
  });
  return status === 0 ? stdout : undefined;
}

export interface ContainerState {
  readonly service: string;
  readonly state: string;
  readonly health: string;
}

/** The lab's containers; empty where Docker is not there or nothing runs. */
export function listContainers(): ContainerState[] {
  return parseContainers(composeOutput(['ps', '--all', '--format', 'json']) ?? '');
}

/** Reads `docker compose ps --format json`: one object a line (before Compose 2.21: one array). */
export function parseContainers(output: string): ContainerState[] {
  const text = output.trim();
  if (text === '') return [];
  const rows: unknown[] = text.startsWith('[')
    ? JSON.parse(text)
    : text.split('\n').map((line) => JSON.parse(line));
  return rows.map((row) => {
    const { Service = '', State = '', Health = '' } = row as Record<string, string>;
    return { service: Service, state: State, health: Health };
  });
}
