/** Runs as a thread of its own: answers with line and column of a syntax error, or with `null`. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import type { SyntaxQuestion } from './syntax-place.ts';

const { path, message } = workerData as SyntaxQuestion;
parentPort?.postMessage(find());

function find(): { line: number; column: number | null } | null {
  try {
    new Script(asScript(stripTypeScriptTypes(readFileSync(path, 'utf8'))), { filename: 'text' });
  } catch (error) {
    if (!(error instanceof SyntaxError) || error.message !== message) return null;
    const line = /^text:(\d+)$/m.exec(error.stack ?? '')?.[1];
    const mark = /^( *)\^+$/m.exec(error.stack ?? '');
    return line === undefined ? null : { line: Number(line), column: mark && (mark[1]?.length ?? 0) + 1 };
  }
  return null;
}

/** A module's text without what only a module may say; all that is left stands where it stood. */
function asScript(text: string): string {
  const blank = (part: string): string => part.replaceAll(/[^\n]/g, ' ');
  return text
    .replaceAll(/^\s*import\b[^;]*;/gm, blank)
    .replaceAll(/^\s*export\s*\{[^}]*\}[^;\n]*;?/gm, blank)
    .replaceAll(/^(\s*)export\s+(?:default\s+)?/gm, blank);
}
