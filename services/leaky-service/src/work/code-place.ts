/** A place in the learner's code. */
export interface CodePlace {
  /** Relative to the folder of the learner's copies. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1; `null` where it is not known. */
  readonly column: number | null;
}

/** Each time a file is loaded anew it has another number behind its name. */
export const takeOf = (take: number): string => `?take=${take}`;

/** How the learner's file is named beside those of the service, by the URL that it was loaded from; none where it is none of those. */
export function learnersFile(url: string): string | undefined {
  const name = /\/([^/]+)\?take=\d+$/.exec(url)?.[1];
  return name === undefined ? undefined : `.lab/work/${decodeURIComponent(name)}`;
}

/** An address of a module without the number of its take. */
export const withoutTake = (url: string): string => url.replace(/\?take=\d+$/, '');

/**
 * The place nearest to where something was thrown that is in `folder` (a URL with a slash at its end), by the stack that came with
 * it: of a frame, or above it, as Node writes where a file could not be read as code.
 */
export function placeInStack(stack: string, folder: URL): CodePlace | undefined {
  const roots = [folder.href, decodeURIComponent(folder.pathname)].map((root) => RegExp.escape(root));
  const place = new RegExp(`(?:${roots.join('|')})([^?:\\s)]+)(?:\\?take=\\d+)?:(\\d+)(?::(\\d+))?`).exec(
    stack,
  );
  if (place === null) return undefined;
  const [, file = '', line, column] = place;
  const known = column === undefined ? columnOfMark(stack) : Number(column);
  return { file: decodeURIComponent(file), line: Number(line), column: known };
}

/** Where the mark stands that Node puts under what it could not read. */
function columnOfMark(stack: string): number | null {
  const mark = /^( *)\^+$/m.exec(stack);
  return mark === null ? null : (mark[1]?.length ?? 0) + 1;
}

/** What was thrown, in its own words and without where: that is told apart. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);

export const stackOf = (thrown: unknown): string => (thrown instanceof Error ? (thrown.stack ?? '') : '');
