import type { Snapshot } from './snapshot.ts';
import type { ClassPaths, PathOptions, PathTarget } from './types.ts';

/**
 * The shortest ways in which objects are held, never through a weak edge, those that are alike put together.
 * Works off the caller's thread. Throws the signal's reason when aborted.
 */
export async function retainingPaths(
  snapshot: Snapshot,
  target: PathTarget,
  { clusters = 5, signal }: PathOptions = {},
): Promise<ClassPaths> {
  return snapshot.paths(target, clusters, signal);
}
