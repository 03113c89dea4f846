import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CodePlace } from './code-place.ts';

/** What of a syntax error is found by running a file's text once more. */
export interface SyntaxQuestion {
  readonly path: string;
  /** The error's own message. */
  readonly message: string;
}

const patience_ms = 5_000;

/**
 * Where in a file the syntax error of that message is. V8 does not tell it of a module that others load, so the text is read again
 * as a script, by a thread of its own: stripping types takes memory that goes with it.
 */
export async function placeOfSyntaxError(
  file: string,
  question: SyntaxQuestion,
): Promise<CodePlace | undefined> {
  const worker = new Worker(new URL('./syntax-worker.ts', import.meta.url), {
    workerData: question,
    // Where it says that stripping types is experimental.
    stderr: true,
  });
  const { promise, resolve } = Promise.withResolvers<Pick<CodePlace, 'line' | 'column'> | null>();
  worker
    .once('message', resolve)
    .once('error', () => resolve(null))
    .once('exit', () => resolve(null));
  const timer = setTimeout(() => resolve(null), patience_ms);
  const place = await promise;
  clearTimeout(timer);
  await worker.terminate();
  return place === null ? undefined : { file, ...place };
}

/** Where an import names what could not be found, by the end of its path or the package's name. */
export function placeOfImport(file: string, path: string, message: string): CodePlace | undefined {
  const [, wanted] = /Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
  if (wanted === undefined) return undefined;
  const name = wanted.replace(/^.*\//, '');
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => /\b(?:from|import)\b/.test(line) && line.includes(name));
  if (at < 0) return undefined;
  return { file, line: at + 1, column: (lines[at]?.indexOf(name) ?? 0) + 1 };
}
