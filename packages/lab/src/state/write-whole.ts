import { renameSync, writeFileSync } from 'node:fs';

/** Writes JSON to a file whole or not at all. Throws what the file system says. */
export function writeWhole(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(draft, file);
}
