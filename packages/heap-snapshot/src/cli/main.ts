#!/usr/bin/env node
import process from 'node:process';
import { run } from './run.ts';

const abort = new AbortController();
process.once('SIGINT', () => abort.abort());
// A reader such as `head` that has seen enough is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2), process, abort.signal);
} catch (error) {
  if (!abort.signal.aborted) throw error;
  process.exitCode = 130;
}
