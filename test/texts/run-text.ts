import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../packages/lab/src/settings.ts';
import { firstDisagreement } from './agrees.ts';
import { joinCommands } from './commands.ts';
import { type CommandBlock, goesOn, readText } from './read-text.ts';
import type { Running } from './running.ts';
import { sideBySide } from './side-by-side.ts';
import { type Mode, Terminal } from './terminal.ts';

export interface TextOptions {
  readonly mode: Mode;
  /** Blocks of the other mode as well: a text whose commands need Docker and start no lab. */
  readonly both?: boolean;
  /** Makes of a command with placeholders, in a block with the mark `answers`, the one to be run. */
  readonly fill?: (command: string, terminal: Terminal) => Promise<string>;
  /** Done in the terminal before the first command: what the text takes for granted. */
  readonly before?: (terminal: Terminal) => Promise<void>;
  /** Done before each command, and told of each that ended. */
  readonly beforeEach?: (command: string, terminal: Terminal) => Promise<void>;
  readonly afterEach?: (command: string, output: string, terminal: Terminal) => Promise<void>;
}

/** How long is waited for the output that a text shows of a command that goes on, and how long for another word of it. */
const background_ms = 4 * 60_000;
const silence_ms = 60_000;

/**
 * Runs each command of a Markdown text as it is printed, in order. `file` is relative to the root of the clone.
 * Throws with all that did not go as printed: where, the command, and shown and real output side by side.
 */
export async function runText(file: string, options: TextOptions): Promise<void> {
  const steps = readText(readFileSync(resolve(root, file), 'utf8'));
  await using terminal = await Terminal.open(options.mode);
  await options.before?.(terminal);
  const run = new TextRun(file, terminal, options);
  try {
    for (const step of steps) await (step.kind === 'interrupt' ? run.interrupt(step.line) : run.block(step));
  } catch (error) {
    // What went wrong before may be why.
    await run.end().catch((before: Error) => {
      throw new Error(`${before.message}\n\nand then: ${(error as Error).message}`, { cause: error });
    });
    throw error;
  }
  await run.end();
}

class TextRun {
  readonly #file: string;
  readonly #terminal: Terminal;
  readonly #options: TextOptions;
  readonly #background: { line: number; command: string; running: Running }[] = [];
  readonly #failures: string[] = [];

  constructor(file: string, terminal: Terminal, options: TextOptions) {
    this.#file = file;
    this.#terminal = terminal;
    this.#options = options;
  }

  async block(block: CommandBlock): Promise<void> {
    const { marks } = block;
    if (marks.has('ci')) return this.#expectInCi(block);
    const elsewhere = this.#options.mode === 'docker' ? 'embedded' : 'docker';
    if (marks.has(elsewhere) && !this.#options.both) return;
    const commands = joinCommands(block.lines);
    let output = '';
    for (const [index, { line, text }] of commands.entries()) {
      const command = await this.#filled(text, marks.has('answers'));
      if (index === commands.length - 1 && goesOn(block)) return this.#goOn(block, command, output);
      await this.#options.beforeEach?.(command, this.#terminal);
      const ended = await this.#terminal.run(command);
      output += ended.output;
      await this.#options.afterEach?.(command, ended.output, this.#terminal);
      if (!marks.has('any-exit') && (ended.code !== 0) !== marks.has('fails')) {
        const expected = marks.has('fails') ? 'any but 0, as the block says' : '0';
        this.#fail(
          line,
          command,
          `Its exit code: ${ended.code}, expected ${expected}. It said:\n${ended.output}`,
        );
      }
    }
    this.#compare(block, commands.map(({ text }) => text).join('\n'), output, false);
  }

  /** The reader presses Ctrl-C where the last command that goes on runs. */
  async interrupt(line: number): Promise<void> {
    const last = this.#background.pop();
    if (last === undefined) return this.#fail(line, '(Ctrl-C)', 'No command runs that it could end.');
    const { code, output } = await last.running.interrupt();
    if (code !== 0 && code !== 130) {
      this.#fail(line, last.command, `Ctrl-C ended it with ${code}, expected 0 or 130. It said:\n${output}`);
    }
  }

  /** Throws with what failed. */
  async end(): Promise<void> {
    for (const { line, command, running } of this.#background) {
      if (!running.lives && (await running.ended).code !== 0)
        this.#fail(line, command, `It ended by itself. It said:\n${running.output}`);
    }
    if (this.#failures.length === 0) return;
    throw new Error(`${this.#file} does not run as printed.\n\n${this.#failures.join('\n\n')}`);
  }

  async #goOn(block: CommandBlock, command: string, before: string): Promise<void> {
    const running = this.#terminal.start(command);
    this.#background.push({ line: block.line, command, running });
    const shown = block.shown?.lines ?? [];
    const end = Date.now() + background_ms;
    let heard = { words: '', at_ms: Date.now() };
    while (running.lives && Date.now() < end && Date.now() - heard.at_ms < silence_ms) {
      const words = before + running.output;
      if (firstDisagreement(shown, words.split('\n'), { open: true }) === undefined) break;
      if (words !== heard.words) heard = { words, at_ms: Date.now() };
      await pause(50);
    }
    this.#compare(block, command, before + running.output, true);
  }

  #compare({ shown, line }: CommandBlock, command: string, output: string, open: boolean): void {
    if (shown === undefined) return;
    const real = output.split('\n');
    const wrong = firstDisagreement(shown.lines, real, { open });
    if (wrong === undefined) return;
    const what = `Its output is not the one shown at line ${shown.line + wrong}:`;
    this.#fail(line, command, `${what}\n${sideBySide(shown.lines, real, wrong)}`);
  }

  #expectInCi({ lines }: CommandBlock): void {
    const ci = readFileSync(join(root, '.ci/run'), 'utf8');
    for (const { line, text } of lines) {
      const command = text.replace(/\s#.*/, '').trim();
      if (!ci.includes(command))
        this.#fail(line, command, 'Marked as run by .ci/run, which does not name it.');
    }
  }

  async #filled(command: string, hasPlaceholders: boolean): Promise<string> {
    if (!hasPlaceholders) return command;
    if (this.#options.fill === undefined)
      throw new Error(`${this.#file} asks for answers, and nobody gives them.`);
    return this.#options.fill(command, this.#terminal);
  }

  #fail(line: number, command: string, what: string): void {
    this.#failures.push(`${this.#file}:${line}: ${command}\n${what}`);
  }
}
