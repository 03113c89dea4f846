import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Death } from '../../../packages/lab/src/state/deaths.ts';
import type { LabState } from '../../../packages/lab/src/state/lab-state.ts';

const main = fileURLToPath(new URL('../../../packages/lab/src/main.ts', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `./lab` with a state folder of its own, so that tests run beside each other and beside a learner's lab. */
export class LabCommand {
  readonly folder = mkdtempSync(join(tmpdir(), 'lab-embedded-'));
  readonly #children: ChildProcess[] = [];

  /** Starts a command and leaves it running. */
  start(...args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [main, ...args], { env: this.#environment() });
    this.#children.push(child);
    return child;
  }

  /** Runs a command to its end. */
  async run(...args: readonly string[]): Promise<Outcome> {
    const child = this.start(...args);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    const [code] = await once(child, 'close');
    return { code, stdout, stderr };
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

  deaths(): Death[] {
    const file = join(this.folder, 'deaths.jsonl');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Death);
  }

  log(program: 'supervisor' | 'service'): string {
    return readFileSync(join(this.folder, 'logs', `${program}.log`), 'utf8');
  }

  /** Stops whatever a test left. */
  async end(): Promise<void> {
    await this.run('down');
    for (const child of this.#children) child.kill('SIGKILL');
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
    return {
      PATH,
      HOME,
      NODE_COMPILE_CACHE,
      LAB_STATE_DIR: this.folder,
      SERVICE_PORT: '0',
      UPSTREAM_PORT: '0',
    };
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
