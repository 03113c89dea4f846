import type { Snapshot } from './snapshot.ts';
import type { AnalysisOptions, SnapshotSource } from './types.ts';

/**
 * Reads one snapshot off the caller's thread.
 *
 * Throws {@link SnapshotError} for one that cannot be read, and the signal's reason when aborted.
 */
export async function openSnapshot(
  _source: SnapshotSource,
  _options: AnalysisOptions = {},
): Promise<Snapshot> {
  throw new Error('not yet');
}
