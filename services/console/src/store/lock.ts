import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { faultOf } from './sqlite-error.ts';

/** Another console keeps its record in the same directory. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/**
 * Takes the directory for this process until it ends, however it ends: the lock is the kernel's, by way of SQLite.
 * Throws {@link LockedError} where another console has it. Returns what lets go of it.
 */
export function lockDirectory(directory: string): () => void {
  const holderFile = join(directory, 'console.lock.json');
  const lock = new DatabaseSync(join(directory, 'console.lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (faultOf(error) !== 'busy') throw error;
    throw new LockedError(
      `Another console${nameHolder(holderFile)} keeps its record in ${directory}. End it, or set DATA_DIRECTORY to another folder.`,
    );
  }
  try {
    writeFileSync(holderFile, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  } catch {
    // Only who it is cannot be told then; the lock holds.
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}

function nameHolder(file: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8'));
    return ` (process ${Number(pid)}, since ${String(since)})`;
  } catch {
    return '';
  }
}
