import type { Terminal } from '../../../texts/terminal.ts';
import type { Learner, Server } from './solution.ts';

/** A learner at a terminal, who reads what the text's commands print. */
export class TerminalLearner implements Learner {
  readonly #terminal: Terminal;
  readonly service: Server;
  readonly console: Server;
  #screen = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.service = this.#server('http://localhost:8080');
    this.console = this.#server('http://localhost:8088');
  }

  get screen(): string {
    return this.#screen;
  }

  /** What a command of the text printed. */
  see(output: string): void {
    this.#screen += output;
  }

  readonly run = async (command: string): Promise<string> => {
    const { code, output } = await this.#terminal.run(command);
    if (code === 0) return output;
    throw new Error(`Expected ${command} to end with 0, got ${code}. It said:\n${output}`);
  };

  #server(url: string): Server {
    const ask = async (options: string, path: string) =>
      JSON.parse(await this.run(`curl -s ${options} '${url}${path}'`));
    return {
      get: (path) => ask('', path),
      post: (path, json = {}) =>
        ask(`-X POST -H 'content-type: application/json' -d '${JSON.stringify(json)}'`, path),
    };
  }
}
