import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A service of the lab as a process of its own, on a port that was free. */
export interface RunningService {
  readonly child: ChildProcess;
  readonly url: string;
  /** Ends it as an operator would, and waits; returns its exit code. */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  /** Where its standard output goes; nobody reads it by default. */
  readonly stdout?: 'ignore' | 'pipe';
  /** Where its standard error goes: to the test's own by default. */
  readonly stderr?: 'inherit' | 'pipe';
  /** Turns its command into one that runs it elsewhere, as inside a memory limit. */
  readonly wrap?: (command: readonly string[]) => readonly string[];
}

const folder = (name: string) => fileURLToPath(new URL(`../../services/${name}/`, import.meta.url));

export const startLeakyService = (options: StartOptions = {}): Promise<RunningService> =>
  start(folder('leaky-service'), ['--import', './src/telemetry.ts', 'src/main.ts'], options);

export const startUpstream = (options: StartOptions = {}): Promise<RunningService> =>
  start(folder('upstream'), ['src/main.ts'], options);

async function start(cwd: string, args: readonly string[], options: StartOptions): Promise<RunningService> {
  const {
    env = {},
    nodeFlags = [],
    stdout = 'ignore',
    stderr = 'inherit',
    wrap = (command) => command,
  } = options;
  const [program = '', ...rest] = wrap([process.execPath, ...nodeFlags, ...args]);
  const child = spawn(program, rest, {
    cwd,
    env: { ...inherited(), PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', stdout, stderr, 'ipc'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const early = exited.then((code) => {
    throw new Error(`${cwd} ended with code ${code} before it listened; its standard error is above.`);
  });
  const [message] = (await Promise.race([once(child, 'message'), early])) as [{ listening: AddressInfo }];
  early.catch(() => undefined);
  return {
    child,
    url: `http://127.0.0.1:${message.listening.port}`,
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** The environment without what would configure the process under test. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE };
}
