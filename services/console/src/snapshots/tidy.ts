import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Warnings } from '../warnings.ts';
import type { Shelf } from './shelf.ts';

/** Nothing has been written for this long: nobody writes it any more. */
const abandoned_ms = 60_000;

export interface TidyOptions {
  /** The process that may have taken what is found, and since when it runs. */
  readonly pid: number | null;
  readonly started_at_ms: number | null;
}

/**
 * Puts the folder and the shelf in line: half files that nobody writes any more go, whole ones that somebody else asked
 * for are taken in, and what is damaged is told. Not to be called while the console itself has a snapshot taken.
 */
export function tidy(shelf: Shelf, warnings: Warnings, { pid, started_at_ms }: TidyOptions): void {
  const known = new Set(shelf.list().map(({ file }) => file));
  for (const file of filesIn(shelf.directory)) {
    const path = join(shelf.directory, file);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isFile()) continue;
    if (file.endsWith('.partial')) {
      // One that is newer than the process may be written by it just now, though the console sees it for the first time.
      const ofOneBefore = started_at_ms !== null && stats.mtimeMs < started_at_ms;
      if (ofOneBefore || Date.now() - stats.mtimeMs > abandoned_ms) rmSync(path, { force: true });
    } else if (file.endsWith('.heapsnapshot') && !known.has(file)) {
      const ofNow = started_at_ms !== null && stats.mtimeMs >= started_at_ms;
      shelf.add({
        taken_at_ms: Math.round(stats.mtimeMs),
        pid: ofNow ? (pid ?? 0) : 0,
        file,
        size_bytes: stats.size,
        live_heap_bytes: null,
        seconds: 0,
      });
    }
  }
  const damaged = shelf.list().filter(({ fault }) => fault !== null);
  if (damaged.length === 0) warnings.clear('snapshot_damaged');
  else warnings.raise('snapshot_damaged', damaged.map(({ fault }) => fault).join(' '));
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
