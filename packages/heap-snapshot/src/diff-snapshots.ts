import { realpathSync, statSync } from 'node:fs';
import { SnapshotError } from './errors.ts';
import { type PlainSource, plainSource } from './read/spool.ts';
import type { DiffOptions, SnapshotDiff, SnapshotSource } from './types.ts';
import type { DiffJobOptions } from './work/diff-job.ts';
import { worksOneByOne } from './work/memory-mode.ts';
import type { Report } from './work/messages.ts';
import { overall } from './work/progress.ts';
import { runDiff } from './work/run-diff.ts';
import { spawn } from './work/spawn.ts';

/**
 * Compares two or more snapshots of one process, in the order they were taken: objects by id, class by class.
 * Works off the caller's thread, unless told otherwise.
 *
 * Throws {@link SnapshotError} for a snapshot that cannot be read or is given twice, and the signal's reason when
 * aborted.
 */
export async function diffSnapshots(
  sources: readonly SnapshotSource[],
  options: DiffOptions = {},
): Promise<SnapshotDiff> {
  const { signal, thread = 'worker', onProgress } = options;
  if (sources.length < 2) {
    throw new SnapshotError(
      `Expected two snapshots or more, came ${sources.length}: for one, use openSnapshot.`,
    );
  }
  const plain: PlainSource[] = [];
  try {
    for (const source of sources) plain.push(await plainSource(source, signal));
    refuseTwice(plain);
    const work = plain.map(({ name, from }) => ({ name, from }));
    const jobOptions = jobOptionsOf(options);
    const oneByOne = worksOneByOne(options.memory, plain.map(sizeOf));
    const report = overall(work.length, onProgress);
    if (thread === 'caller') {
      const diff = await runDiff(work, jobOptions, oneByOne, report);
      signal?.throwIfAborted();
      return diff;
    }
    const spawned = spawn(
      { kind: 'diff', sources: work, options: jobOptions, oneByOne },
      { signal, onProgress: report },
    );
    try {
      return ((await spawned.first) as Report & { kind: 'diff' }).diff;
    } finally {
      await spawned.worker.terminate();
    }
  } finally {
    for (const each of plain) each.release();
  }
}

function jobOptionsOf(options: DiffOptions): DiffJobOptions {
  const { classesOnly = false, shapes = true, filter, top, paths = 10, clusters = 5 } = options;
  return { classesOnly, shapes: shapes && !classesOnly, filter, top, paths, clusters };
}

function sizeOf({ from }: PlainSource): number {
  return 'path' in from ? statSync(from.path).size : from.bytes.length;
}

/** The same file twice has no difference, and is a slip of the hand. */
function refuseTwice(sources: readonly PlainSource[]): void {
  const seen = new Set<string>();
  for (const { name, from } of sources) {
    if (!('path' in from)) continue;
    const path = realpathSync(from.path);
    if (seen.has(path)) {
      throw new SnapshotError(
        `${name}: is given twice. Expected snapshots taken at different times: name another file.`,
        { path: name },
      );
    }
    seen.add(path);
  }
}
