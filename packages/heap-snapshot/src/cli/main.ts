#!/usr/bin/env node
import process from 'node:process';
import { exitStatus, run } from './run.ts';

const abort = new AbortController();
process.once('SIGINT', () => abort.abort());
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
  process.exitCode = await run(process.argv.slice(2), process, abort.signal);
} catch (error) {
  if (abort.signal.aborted) process.exitCode = 130;
  else fail(error);
}

function fail(error: unknown): void {
  process.stderr.write(
    `heapdiff: ${error instanceof Error ? error.stack : String(error)}\nThis is a fault of heapdiff.\n`,
  );
  process.exit(exitStatus.badInput);
}
