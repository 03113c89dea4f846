import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isBlank, type Progress, readProgress } from '@leak-lab/course';
import { ConsoleClient } from '../console-client.ts';
import { LabError } from '../lab-error.ts';
import { findLab } from '../running-lab.ts';
import { writeWhole } from '../state/write-whole.ts';

/**
 * On Docker what was reached lies in a volume, which `docker compose down --volumes` removes: a copy is kept beside the
 * clone, and brought back to a course that knows of nothing.
 */
const copyIn = (folder: string): string => join(folder, 'course/docker-progress.json');

/** Keeps a copy of what was reached on Docker. Where it cannot be written the lab goes on without. */
export async function keepCopy(): Promise<void> {
  const { embedded, directory, consoleUrl } = findLab();
  if (embedded !== undefined) return;
  const kept = await new ConsoleClient(consoleUrl).progress();
  if (isBlank(kept)) return;
  const file = copyIn(directory.path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeWhole(file, kept);
  } catch (error) {
    process.stderr.write(`No copy of your progress was kept: ${(error as Error).message}\n`);
  }
}

/** Brings the copy back where the course on Docker knows of nothing. */
export async function bringBack({ embedded, directory, consoleUrl } = findLab()): Promise<void> {
  if (embedded !== undefined) return;
  const client = new ConsoleClient(consoleUrl);
  let copy: Progress;
  try {
    copy = readProgress(readFileSync(copyIn(directory.path), 'utf8'));
  } catch {
    return;
  }
  if (!isBlank(await client.progress())) return;
  try {
    await client.inCourse('progress', copy);
    process.stderr.write('What you had reached was brought back from the copy beside the clone.\n');
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`The copy of your progress could not be brought back: ${error.message}\n`);
  }
}
