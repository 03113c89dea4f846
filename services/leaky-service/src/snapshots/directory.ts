import { accessSync, constants, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../errors.ts';

const partialSuffix = '.partial';

/** The name of a snapshot: when it was taken, and in which process. Names sort by time. */
export function snapshotName(taken: Date, pid: number): string {
  const time = taken.toISOString().replaceAll(/[:.]/g, '-');
  return `${time}-${pid}.heapsnapshot`;
}

export const partialName = (name: string): string => `.${name}${partialSuffix}`;

/**
 * Makes sure that a snapshot can be written: the directory is there, writable and has room for `needed_bytes`. Throws
 * `snapshots_not_writable` or `disk_full`.
 */
export function prepareDirectory(directory: string, needed_bytes: number): void {
  let free_bytes: number;
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
    const { bavail, bsize } = statfsSync(directory);
    free_bytes = bavail * bsize;
  } catch (error) {
    throw writingFailed(directory, error);
  }
  if (free_bytes < needed_bytes) {
    throw new ServiceError(
      'disk_full',
      `Expected ${needed_bytes} bytes free in SNAPSHOT_DIRECTORY (${directory}); there are ${free_bytes}. Delete old snapshots, or make room.`,
      { directory, needed_bytes, free_bytes },
    );
  }
}

/** Removes half-written files: they are of a process that died while it wrote. */
export function removePartial(directory: string): void {
  try {
    for (const name of readdirSync(directory)) {
      if (name.startsWith('.') && name.endsWith(partialSuffix))
        rmSync(join(directory, name), { force: true });
    }
  } catch {
    // No directory, no half-written files.
  }
}

/** What a failure to write means to whoever asked. */
export function writingFailed(directory: string, thrown: unknown): ServiceError {
  const { code, message } = thrown as NodeJS.ErrnoException;
  const details = { directory, reason: code ?? message };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ServiceError(
      'disk_full',
      `The disk of SNAPSHOT_DIRECTORY (${directory}) is full; nothing of the snapshot was kept. Delete old snapshots, or make room.`,
      details,
    );
  }
  return new ServiceError(
    'snapshots_not_writable',
    `Expected SNAPSHOT_DIRECTORY (${directory}) to be writable; the system says ${code ?? message}. Mount it writable for this process, or set another one.`,
    details,
  );
}
