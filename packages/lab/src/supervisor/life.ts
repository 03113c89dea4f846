import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { MemoryWatch } from '../memory-limit/memory-limit.ts';
import { identify, type ProcessIdentity } from '../state/process-identity.ts';
import { lengthOf, openLog, tailOf } from './log-file.ts';
import type { Program } from './program.ts';

/** How a life ended, before anybody judged why. */
export interface End {
  readonly pid: number;
  readonly uptime_seconds: number;
  readonly exit_code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly oom_kills: number | undefined;
  readonly watchdog_fired: boolean;
  readonly last_memory_bytes: number | undefined;
  readonly last_words: string;
}

/** One process of a program, from its start to its end. */
export class Life {
  readonly identity: ProcessIdentity | undefined;
  readonly started_at = new Date();
  readonly ended: Promise<End>;
  readonly #child: ChildProcess;
  readonly #watch: MemoryWatch | undefined;
  readonly #logStart: number;

  readonly program: Program;

  /** `heard` gets what the program says over its channel. */
  constructor(program: Program, heard?: (message: unknown) => void) {
    this.program = program;
    const { command, limit, folder, environment } = program;
    const [tool = '', ...args] = limit?.wrap(command) ?? command;
    this.#logStart = lengthOf(program.log);
    const log = openLog(program.log);
    this.#child = spawn(tool, args, {
      cwd: folder,
      env: { ...process.env, ...environment, ...limit?.environment },
      // The channel ends with the supervisor, however that ends, and with it the program.
      stdio: ['ignore', log, log, 'ipc'],
      // Ctrl-C goes to the supervisor alone, which then stops the programs in order.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    closeSync(log);
    if (heard !== undefined) this.#child.on('message', heard);
    const { pid } = this.#child;
    this.identity = pid === undefined ? undefined : identify(pid);
    this.#watch = pid === undefined ? undefined : limit?.watch(pid);
    this.ended = this.#untilEnd();
  }

  get last_memory_bytes(): number | undefined {
    return this.#watch?.last_bytes;
  }

  /** Says something to the program over its channel; one that is gone is not told. */
  tell(message: object): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it: SIGTERM, and SIGKILL when it is still there after `patience_ms`. */
  async stop(patience_ms: number): Promise<void> {
    this.kill('SIGTERM');
    const patience = new AbortController();
    const late = pause(patience_ms, 'late', { signal: patience.signal }).catch(() => 'ended');
    if ((await Promise.race([late, this.ended])) === 'late') this.kill('SIGKILL');
    patience.abort();
    await this.ended;
  }

  async #untilEnd(): Promise<End> {
    const child = this.#child;
    const [exit_code, signal, failure] = await new Promise<[number | null, NodeJS.Signals | null, string]>(
      (resolve) => {
        child.once('exit', (code, by) => resolve([code, by, '']));
        child.once('error', (error) => child.pid === undefined && resolve([127, null, error.message]));
      },
    );
    this.#watch?.stop();
    if (child.connected) child.disconnect();
    return {
      pid: child.pid ?? 0,
      uptime_seconds: (Date.now() - this.started_at.getTime()) / 1000,
      exit_code,
      signal,
      oom_kills: this.#watch?.oom_kills,
      watchdog_fired: this.#watch?.watchdog_fired ?? false,
      last_memory_bytes: this.#watch?.last_bytes,
      last_words: failure || tailOf(this.program.log, 8192, this.#logStart),
    };
  }
}
