import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { HttpError } from '@leak-lab/json-service';
import type { SourceExcerpt } from './contract.ts';

const readable = /\.(?:[cm]?[jt]s)$/;
const most_bytes = 1024 * 1024;

/** Lines of a source inside `directory`, `around` before and after `line`. Throws 404 for anything that is not one. */
export function readExcerpt(
  directory: string | undefined,
  file: string,
  line: number,
  around: number,
): SourceExcerpt {
  const path = insideOf(directory, file);
  if (path === undefined) {
    throw new HttpError(
      404,
      'no_source',
      `There is no source ${JSON.stringify(file.slice(0, 100))} of the service here. Expected a path below SOURCE_DIRECTORY, such as app.ts.`,
    );
  }
  const lines = readFileSync(path, 'utf8').split('\n');
  const first_line = Math.max(1, Math.min(line, lines.length) - around);
  return { file, first_line, lines: lines.slice(first_line - 1, line + around) };
}

/** The real path of a source, or `undefined` where it leads outside, by `..` or by a link, or is none. */
function insideOf(directory: string | undefined, file: string): string | undefined {
  if (directory === undefined || isAbsolute(file) || file.includes('\0') || !readable.test(file))
    return undefined;
  try {
    const root = realpathSync(directory);
    const path = realpathSync(join(root, file));
    const { size } = statSync(path);
    return path.startsWith(root + sep) && size <= most_bytes ? path : undefined;
  } catch {
    return undefined;
  }
}
