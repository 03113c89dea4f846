import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { moveImports } from './move-imports.ts';

/** Where edits go that are in the way; a name that no file of the service has. */
const aside = '.aside';

/** A copy of one of the service's files, for the learner to edit. */
export interface Workpiece {
  readonly path: string;
  /** Whether it was made now; else it was there, as the learner left it. */
  readonly made: boolean;
}

/** A copy that could not be made. */
export class NoWorkpiece extends Error {
  override readonly name = 'NoWorkpiece';

  constructor(path: string, cause: Error) {
    super(`Expected to write a copy of the service's file to ${path}; got ${cause.message}.`, { cause });
  }
}

/**
 * Puts a copy of the service's file at `source` into `directory`, under the same name; its imports lead where they led. One that is
 * there stays as it is. Throws `NoWorkpiece` where it cannot be read or written.
 */
export function makeWorkpiece(source: string, directory: string): Workpiece {
  const path = join(directory, basename(source));
  try {
    mkdirSync(directory, { recursive: true });
    // Whoever comes first: a file that is there is never written over.
    writeFileSync(path, copyOf(source, path), { flag: 'wx' });
    return { path, made: true };
  } catch (error) {
    if (existsSync(path)) return { path, made: false };
    throw new NoWorkpiece(path, error as Error);
  }
}

/** Whether the copy is not what would be copied now; `false` where there is none. */
export function isEdited(source: string, directory: string): boolean {
  const path = join(directory, basename(source));
  return existsSync(path) && readFileSync(path, 'utf8') !== copyOf(source, path);
}

/**
 * Moves all that is in `directory` into a folder of its own there, and returns that folder; `undefined` where nothing is there. Nothing
 * is deleted. Throws what the file system says.
 */
export function moveAside(directory: string, now = new Date()): string | undefined {
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => !name.startsWith('.')) : [];
  if (names.length === 0) return undefined;
  const folder = freeName(join(directory, aside, now.toISOString().slice(0, 19).replaceAll(':', '-')));
  mkdirSync(folder, { recursive: true });
  for (const name of names) renameSync(join(directory, name), join(folder, name));
  return folder;
}

const copyOf = (source: string, path: string): string =>
  moveImports(readFileSync(source, 'utf8'), source, path);

/** The name itself, or where it is taken with a number behind it. */
function freeName(path: string, taken = 1): string {
  const name = taken === 1 ? path : `${path}-${taken}`;
  return existsSync(name) ? freeName(path, taken + 1) : name;
}
