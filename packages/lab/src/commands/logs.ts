import { createReadStream, existsSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { askDocker, compose, listContainers } from '../docker/docker.ts';
import { LabError } from '../lab-error.ts';
import { findLab } from '../running-lab.ts';
import type { Program } from '../state/state-directory.ts';
import { lastLines, lengthOf } from '../supervisor/log-file.ts';

export interface LogsOptions {
  readonly follow?: boolean;
  readonly lines: string;
}

const poll_interval_ms = 200;

/** `./lab logs`: the last lines of a log, and with `-f` all that come. */
export async function logs(program: Program, options: LogsOptions): Promise<void> {
  const { embedded, directory } = findLab();
  if (embedded === undefined && askDocker().kind === 'ready' && listContainers().length > 0) {
    if (program === 'supervisor') {
      throw new LabError({
        problem: 'On Docker there is no supervisor: the engine starts the service again.',
        advice: './lab logs service; docker events --filter event=oom shows its deaths',
      });
    }
    const follow = options.follow ? ['--follow'] : [];
    const service = program === 'service' ? 'leaky-service' : program;
    process.exitCode = await compose(['--profile', '*', 'logs', '--tail', options.lines, ...follow, service]);
    return;
  }
  const file = directory.log(program);
  if (!existsSync(file)) {
    throw new LabError({
      problem: `There is no log of the ${program} yet.`,
      expected: file,
      advice: './lab up starts the lab',
    });
  }
  const start = lengthOf(file);
  const text = lastLines(file, Number(options.lines) || 100);
  if (text !== '') process.stdout.write(`${text}\n`);
  if (options.follow) await follow(file, start);
}

/** Writes what is added to a file, for ever; a log that was set aside is read from its beginning. */
async function follow(file: string, from: number): Promise<void> {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  let at = from;
  while (!stopping.signal.aborted) {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size < at) at = 0;
    if (size > at) {
      for await (const part of createReadStream(file, { start: at, end: size - 1 }))
        process.stdout.write(part);
      at = size;
    }
    await pause(poll_interval_ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}
