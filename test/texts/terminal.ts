import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../../packages/lab/src/settings.ts';
import { cloneLike, overrideFile, writeOverride } from './clone-like.ts';
import { type Namespace, openNamespace } from './namespace.ts';
import { expectFree, expectNoRecord, refuseToInstall } from './preconditions.ts';
import { type Ended, type Running, watched } from './running.ts';

/** Embedded or on Docker: which lab a text is tried on. */
export type Mode = 'embedded' | 'docker';

/** How long a command may take that a text expects to end. */
const command_ms = 10 * 60_000;

/**
 * A learner's terminal in a folder that looks like a fresh clone: the lab's own ports and `./.lab`, and nothing that
 * is left of it afterwards. Embedded, its network is its own where the system has that; else, and on Docker, the lab's ports
 * must be free on this machine.
 */
export class Terminal implements AsyncDisposable {
  readonly folder: string;
  readonly #namespace: Namespace | undefined;
  readonly #mode: Mode;
  readonly #running: Running[] = [];
  #usedLab = false;

  private constructor(mode: Mode, namespace: Namespace | undefined) {
    this.#mode = mode;
    this.#namespace = namespace;
    this.folder = cloneLike();
  }

  /** Throws where a port of the lab is taken and must be used, or the stack holds a record. */
  static async open(mode: Mode): Promise<Terminal> {
    const namespace = mode === 'embedded' ? await openNamespace() : undefined;
    if (namespace === undefined) await expectFree([8080, 8088]);
    if (mode === 'docker') expectNoRecord();
    const terminal = new Terminal(mode, namespace);
    if (mode === 'docker') await writeOverride(terminal.folder);
    return terminal;
  }

  /** Starts a command as a shell does, in a process group of its own. Throws where `./lab` would first install packages. */
  start(command: string): Running {
    if (command.includes('./lab')) {
      refuseToInstall();
      this.#usedLab = true;
    }
    const [program = 'bash', ...rest] = [...(this.#namespace?.prefix ?? []), 'bash', '-c', command];
    // One pipe for both outputs, so that lines come in the order in which they were written.
    const child = spawn('bash', ['-c', 'exec "$@" 2>&1', '-', program, ...rest], {
      cwd: this.folder,
      env: this.#environment(),
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const running = watched(child);
    this.#running.push(running);
    return running;
  }

  /** Runs a command to its end; one that takes more than ten minutes is interrupted. */
  async run(command: string): Promise<Ended> {
    const running = this.start(command);
    const late = setTimeout(() => void running.interrupt(), command_ms);
    const ended = await running.ended;
    clearTimeout(late);
    return ended;
  }

  /** Ends all that runs, stops the lab and removes the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const running of this.#running.reverse()) if (running.lives) await running.interrupt();
    if (this.#usedLab) await this.run(this.#mode === 'docker' ? './lab down --volumes' : './lab down');
    await this.#namespace?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    const { PATH, HOME, LANG, NODE_COMPILE_CACHE } = process.env;
    return {
      PATH,
      HOME,
      LANG,
      NODE_COMPILE_CACHE: NODE_COMPILE_CACHE ?? join(root, '.lab/compile-cache'),
      LAB_STATE_DIR: join(this.folder, '.lab'),
      CURL_HOME: join(this.folder, '.lab'),
      // ./lab down stops the stack too: not that of somebody else.
      ...(this.#mode === 'embedded' && { COMPOSE_PROJECT_NAME: 'leak-lab-test-none' }),
      // A context for building that is made of links holds nothing.
      ...(this.#mode === 'docker' && {
        COMPOSE_FILE: [join(root, 'docker-compose.yml'), overrideFile(this.folder)].join(delimiter),
      }),
    };
  }
}
