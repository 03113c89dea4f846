import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Notes of processes before; more than these nobody asks for. */
const mostNotes = 20;

/**
 * Leaves word that this process ends because it was told to (`reason`: a signal's name). Whoever watches from outside
 * finds a process gone either way. Throws what the file system says.
 */
export function leaveEndingNote(directory: string, reason: string): void {
  const started_at = new Date(performance.timeOrigin).toISOString();
  const note = { pid: process.pid, started_at, ended_at: new Date().toISOString(), reason };
  mkdirSync(directory, { recursive: true });
  const name = `${started_at.replaceAll(/[:.]/g, '-')}-${process.pid}.json`;
  const partial = join(directory, `${name}.partial`);
  writeFileSync(partial, `${JSON.stringify(note)}\n`);
  renameSync(partial, join(directory, name));
  const before = readdirSync(directory).filter((file) => file.endsWith('.json'));
  for (const file of before.toSorted().slice(0, -mostNotes)) rmSync(join(directory, file), { force: true });
}
