import { once } from 'node:events';
import type { Server } from 'node:http';

/** Where a program is to listen. */
export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** The start and the end of a program: for each reason why it cannot start, a line on standard error and exit code 1. */
export class Program {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** What `make` gives; where it throws, `words` of its message are the reason. */
  need<Made>(make: () => Made, words = (message: string): string => message): Made {
    try {
      return make();
    } catch (error) {
      return this.fail(words(error instanceof Error ? error.message : String(error)));
    }
  }

  /** Listens, and returns the address; a taken port is told with what to do. */
  async listen(server: Server, { host, port }: Listening): Promise<ReturnType<Server['address']>> {
    server.listen(port, host);
    const failed = once(server, 'error').then(([error]) => this.#exitUnheard(error, `${host}:${port}`));
    await Promise.race([once(server, 'listening'), failed]);
    return server.address();
  }

  /** Calls `end` once: at SIGTERM, SIGINT, or when the one who started this process is gone. */
  onEnd(end: (reason: string) => Promise<void>): void {
    let ending = false;
    const endOnce = (reason: string): void => {
      if (ending) return;
      ending = true;
      void end(reason);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => endOnce(signal));
    process.on('disconnect', () => endOnce('disconnect'));
  }

  /** Says why, and ends; for when there is nothing to close, or no way to. */
  fail(message: string, exitCode = 1): never {
    process.stderr.write(`${this.#name}: ${message}\n`);
    process.exit(exitCode);
  }

  #exitUnheard(error: NodeJS.ErrnoException, where: string): never {
    if (error.code === 'EADDRINUSE')
      return this.fail(`Port ${where} is taken. End what listens there, or set PORT.`);
    return this.fail(`Cannot listen on ${where}: ${error.message}.`);
  }
}
