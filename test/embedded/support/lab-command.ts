import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';
import type { Death } from '../../../packages/lab/src/state/deaths.ts';
import type { LabState } from '../../../packages/lab/src/state/lab-state.ts';

const main = fileURLToPath(new URL('../../../packages/lab/src/main.ts', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs: what it said so far, and its end. */
export interface WatchedCommand {
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: Promise<Outcome>;
  /** Ctrl-C. */
  interrupt(): Promise<Outcome>;
}

/** Any that are free, so that tests run beside each other and beside a learner's lab. */
export const freePorts = {
  SERVICE_PORT: '0',
  UPSTREAM_PORT: '0',
  CONSOLE_PORT: '0',
  PATIENT_B_PORT: '0',
  PATIENT_C_PORT: '0',
};

/** `./lab` with a state folder of its own, so that tests run beside each other and beside a learner's lab. */
export class LabCommand {
  readonly folder = mkdtempSync(join(tmpdir(), 'lab-embedded-'));
  readonly #children: ChildProcess[] = [];
  readonly #settings: NodeJS.ProcessEnv;

  /** `settings` are variables as a learner sets them; by default the lab takes ports that are free. */
  constructor(settings: NodeJS.ProcessEnv = freePorts) {
    this.#settings = settings;
  }

  /** Starts a command and leaves it running. */
  start(...args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [main, ...args], { env: this.#environment() });
    this.#children.push(child);
    return child;
  }

  /** Starts a command whose words are read while it runs. */
  watch(...args: readonly string[]): WatchedCommand {
    const child = this.start(...args);
    const said = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text) => (said.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (said.stderr += text));
    const ended = once(child, 'close').then(([code]): Outcome => ({ code, ...said }));
    return {
      ended,
      get stdout() {
        return said.stdout;
      },
      get stderr() {
        return said.stderr;
      },
      interrupt() {
        child.kill('SIGINT');
        return ended;
      },
    };
  }

  /** Runs a command to its end. */
  run(...args: readonly string[]): Promise<Outcome> {
    return this.watch(...args).ended;
  }

  /** Starts the lab in the background on free ports. Throws with its words when it does not start. */
  async up(...args: readonly string[]): Promise<LabState> {
    const { code, stdout, stderr } = await this.run('up', '--detach', ...args);
    if (code !== 0) throw new Error(`./lab up ended with ${code}, expected 0.\n${stdout}${stderr}`);
    return this.state();
  }

  state(): LabState {
    return JSON.parse(readFileSync(join(this.folder, 'state.json'), 'utf8')) as LabState;
  }

  hasState(): boolean {
    return existsSync(join(this.folder, 'state.json'));
  }

  /** Deaths of the service, oldest first. */
  deaths(): Death[] {
    const file = join(this.folder, 'deaths.jsonl');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Death)
      .filter(({ program }) => program === 'service');
  }

  log(program: 'supervisor' | 'service' | 'console' | 'patient-b' | 'patient-c'): string {
    return readFileSync(join(this.folder, 'logs', `${program}.log`), 'utf8');
  }

  /** Stops whatever a test left. */
  async end(): Promise<void> {
    await this.run('down');
    for (const child of this.#children) child.kill('SIGKILL');
  }

  /** Removes its state folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
    // ./lab down stops the stack too: not one that somebody else has up.
    const COMPOSE_PROJECT_NAME = 'leak-lab-test-none';
    const own = { LAB_STATE_DIR: this.folder, COMPOSE_PROJECT_NAME };
    return { PATH, HOME, NODE_COMPILE_CACHE, ...own, ...this.#settings };
  }
}

/** Waits until `question` answers with something; throws with `what` when that takes longer than `at_most_ms`. */
export async function until<T>(
  what: string,
  question: () => T | undefined | false,
  at_most_ms = 60_000,
): Promise<T> {
  const end = Date.now() + at_most_ms;
  for (;;) {
    const answer = question();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${at_most_ms / 1000} s for ${what}; it did not happen.`);
    await pause(50);
  }
}

/** The same, for a question that has to be sent somewhere; one that fails is asked again. */
export async function untilAnswer<T>(
  what: string,
  question: () => Promise<T | undefined | false>,
  at_most_ms = 60_000,
): Promise<T> {
  const end = Date.now() + at_most_ms;
  for (;;) {
    let failure: unknown;
    const answer = await question().catch((error: unknown) => {
      failure = error;
      return undefined;
    });
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end)
      throw new Error(`Waited ${at_most_ms / 1000} s for ${what}; it did not happen. ${failure ?? ''}`);
    await pause(100);
  }
}

/** A test with a lab of its own, so that tests run at the same time. */
export const labTest = test.extend<{ lab: LabCommand }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's needs from this pattern
  lab: async ({}, use) => {
    const lab = new LabCommand();
    await use(lab);
    await lab.end();
  },
});
