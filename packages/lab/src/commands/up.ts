import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Complaint, LabError } from '../lab-error.ts';
import type { LimitChoice } from '../memory-limit/choose.ts';
import { parsePort, readSettings, root } from '../settings.ts';
import { lockHolder } from '../state/lock.ts';
import { openStateDirectory } from '../state/state-directory.ts';
import { alreadyRunning, supervise } from '../supervisor/supervise.ts';
import { recordingVoice, type Say } from '../supervisor/voice.ts';
import { chooseValkey } from '../valkey/choose.ts';
import { heapLimit } from './heap-limit.ts';
import { upDocker } from './up-docker.ts';

export interface UpOptions {
  readonly docker?: boolean;
  readonly leak?: readonly string[];
  readonly detach?: boolean;
  readonly heapLimit?: string;
  readonly port?: string;
  readonly upstreamPort?: string;
  readonly consolePort?: string;
  readonly limitBy: LimitChoice;
}

/** Tells a detached supervisor that it is one; it speaks to its parent over IPC. */
const detached_variable = 'LAB_DETACHED';

/** What a detached supervisor tells the process that started it. */
type Message = { readonly line: string } | { readonly ready: true } | { readonly failed: Complaint };

/** `./lab up`. */
export async function up(options: UpOptions): Promise<void> {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  if (options.docker) return upDocker(options);
  const { directory } = embeddedSettings(options);
  const holder = lockHolder(directory);
  if (holder !== undefined && process.env[detached_variable] === undefined) throw alreadyRunning(holder.pid);
  if (options.detach && process.env[detached_variable] === undefined) return upDetached();
  return upEmbedded(options);
}

function embeddedSettings(options: UpOptions) {
  const settings = readSettings();
  return {
    directory: openStateDirectory(settings.state_directory),
    memory_limit_bytes: settings.memory_limit_bytes,
    valkey_url: settings.valkey_url,
    valkey_maxmemory_bytes: settings.valkey_maxmemory_bytes,
    leaks: options.leak?.join(',') ?? settings.leaks,
    heap_limit_mb: heapLimit(options.heapLimit),
    limit_by: options.limitBy,
    ports: {
      service: options.port === undefined ? settings.ports.service : parsePort(options.port, '--port'),
      upstream:
        options.upstreamPort === undefined
          ? settings.ports.upstream
          : parsePort(options.upstreamPort, '--upstream-port'),
      console:
        options.consolePort === undefined
          ? settings.ports.console
          : parsePort(options.consolePort, '--console-port'),
      patient_b: settings.ports.patient_b,
      patient_c: settings.ports.patient_c,
    },
  };
}

/** This process becomes the supervisor until Ctrl-C or `./lab down`. */
async function upEmbedded(options: UpOptions): Promise<void> {
  const settings = embeddedSettings(options);
  const stop = new AbortController();
  const now = new AbortController();
  const detached = process.env[detached_variable] !== undefined;
  delete process.env[detached_variable];
  const tell = (message: Message) => void (process.connected && process.send?.(message));
  const aloud: Say = detached ? (line) => tell({ line }) : (line) => void process.stdout.write(`${line}\n`);
  // Whoever reads our lines may leave (./lab up | head): the lab goes on.
  process.stdout.on('error', () => undefined);
  const say = recordingVoice(settings.directory.log('supervisor'), aloud);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) return now.abort();
      say('Stopping; once more ends it at once.');
      stop.abort();
    });
  }
  try {
    await supervise({
      ...settings,
      valkey: await chooseValkey(settings),
      say,
      stop: stop.signal,
      now: now.signal,
      onReady() {
        if (!detached)
          say('Ctrl-C stops everything. Next, in another terminal: ./lab leak cache on, then ./lab load');
        tell({ ready: true });
        if (process.connected) process.disconnect?.();
      },
    });
    say('Stopped: nothing is left running.');
  } catch (error) {
    if (!(error instanceof LabError) || !detached) throw error;
    tell({ failed: error.complaint });
    process.exitCode = error.exit_code;
    if (process.connected) process.disconnect?.();
  }
}

/** Starts the same command as a process of its own and waits until it is ready. */
async function upDetached(): Promise<void> {
  const [, ...args] = process.argv;
  const child = spawn(process.execPath, args, {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, [detached_variable]: '1' },
  });
  // Ctrl-C while it starts: nothing is left.
  const cancel = () => child.kill('SIGTERM');
  process.once('SIGINT', cancel);
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: Message) => {
      if ('line' in message) console.log(message.line);
      else if ('failed' in message) reject(new LabError(message.failed));
      else resolve();
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(
        new LabError({
          problem: `The supervisor ended while it started (${signal ?? code}).`,
          advice: './lab up without --detach shows what it says',
        }),
      ),
    );
  });
  process.removeListener('SIGINT', cancel);
  if (child.connected) child.disconnect();
  child.unref();
  console.log('It runs in the background: ./lab status, ./lab logs -f supervisor, ./lab down');
}
