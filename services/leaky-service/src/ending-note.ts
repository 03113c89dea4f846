import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeNote } from './write-note.ts';

/** When this process began, ISO 8601; of a thread that would be the thread's own. */
export const processStart = (): string => new Date(performance.timeOrigin).toISOString();

/** Notes of processes before; more than these nobody asks for. */
const mostNotes = 20;

/**
 * Leaves word of why this process ends: because it was told to (`reason`: a signal's name, exit code 0), or because it
 * cannot go on (`reason`: a sentence). Whoever watches from outside finds a process gone either way. Throws what the file
 * system says.
 */
export function leaveEndingNote(
  directory: string,
  reason: string,
  exit_code = 0,
  started_at = processStart(),
): void {
  const note = { pid: process.pid, started_at, ended_at: new Date().toISOString(), reason, exit_code };
  const name = `${started_at.replaceAll(/[:.]/g, '-')}-${process.pid}.json`;
  writeNote(join(directory, name), note);
  const before = readdirSync(directory).filter((file) => file.endsWith('.json'));
  for (const file of before.toSorted().slice(0, -mostNotes)) rmSync(join(directory, file), { force: true });
}
