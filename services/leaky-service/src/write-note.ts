import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a note for whoever comes after this process, as JSON on a line, whole or not at all. Throws what the file system says. */
export function writeNote(path: string, note: object): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  writeFileSync(partial, `${JSON.stringify(note)}\n`);
  renameSync(partial, path);
}
