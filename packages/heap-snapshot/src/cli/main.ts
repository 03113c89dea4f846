#!/usr/bin/env node
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { exitStatus, run } from './run.ts';

// Little lives long: a young generation that grows is only memory that garbage takes until it is collected.
setFlagsFromString('--semi-space-growth-factor=1');

/** These end it once temporary files have been removed. */
const signals = ['SIGINT', 'SIGTERM'] as const;
const abort = new AbortController();
let endedBy: NodeJS.Signals = 'SIGINT';
const end = (signal: NodeJS.Signals) => {
  endedBy = signal;
  endAtOnce();
  abort.abort();
};
const endAtOnce = () => {
  for (const signal of signals) process.off(signal, end);
};
for (const signal of signals) process.on(signal, end);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader such as `head` that has seen enough is no fault.
  if (error.code === 'EPIPE') return;
  process.stderr.write(
    `heapdiff: the report cannot be written (${error.message}). Expected room where it goes.\n`,
  );
  process.exit(exitStatus.badInput);
});
// Node's own status for a fault is 1, which here is the answer to a rule.
process.on('uncaughtException', fail);

try {
  process.exitCode = await run(process.argv.slice(2), process, { signal: abort.signal, endAtOnce });
} catch (error) {
  if (!abort.signal.aborted) fail(error);
  // By the signal itself, which no longer has a listener: an exit would wait for a pipe that is being read.
  process.kill(process.pid, endedBy);
}

function fail(error: unknown): never {
  process.stderr.write(
    `heapdiff: ${error instanceof Error ? error.stack : String(error)}\nThis is a fault of heapdiff.\n`,
  );
  process.exit(exitStatus.badInput);
}
