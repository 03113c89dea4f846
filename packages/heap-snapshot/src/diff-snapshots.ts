import type { DiffOptions, SnapshotDiff, SnapshotSource } from './types.ts';

/**
 * Compares two or more snapshots of one process, in the order they were taken: objects by id, class by class.
 * Works off the caller's thread.
 *
 * Throws {@link SnapshotError} for a snapshot that cannot be read, and the signal's reason when aborted.
 */
export async function diffSnapshots(
  _sources: readonly SnapshotSource[],
  _options: DiffOptions = {},
): Promise<SnapshotDiff> {
  throw new Error('not yet');
}
