import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  /** Its exit code; 128 and more where a signal ended it. */
  readonly code: number;
  /** What it wrote, to both of its outputs. */
  readonly output: string;
}

/** A command that runs. */
export interface Running {
  readonly output: string;
  readonly ended: Promise<Ended>;
  /** Whether it still runs. */
  readonly lives: boolean;
  /** Ctrl-C, and once more where it does not end within 20 s. */
  interrupt(): Promise<Ended>;
}

/** Follows a process that leads its own process group. */
export function watched(child: ChildProcess): Running {
  let output = '';
  let lives = true;
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code, signal]): Ended => {
    lives = false;
    return { code: code ?? (signal === 'SIGINT' ? 130 : 137), output };
  });
  return {
    ended,
    get output() {
      return output;
    },
    get lives() {
      return lives;
    },
    async interrupt() {
      const signal = (name: NodeJS.Signals) => lives && process.kill(-(child.pid ?? 0), name);
      signal('SIGINT');
      const again = setTimeout(() => signal('SIGINT'), 20_000);
      const atLast = setTimeout(() => signal('SIGKILL'), 40_000);
      const outcome = await ended;
      clearTimeout(again);
      clearTimeout(atLast);
      return outcome;
    },
  };
}
