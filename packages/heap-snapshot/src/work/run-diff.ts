import type { Progress, SnapshotDiff } from '../types.ts';
import { compare, type DiffJobOptions } from './diff-job.ts';
import { type Laid, layAside, takeUp } from './lay-aside.ts';
import type { Report } from './messages.ts';
import { type Prepared, prepare } from './prepare.ts';
import { progressOf } from './progress.ts';
import type { WorkSource } from './sources.ts';
import { spawn } from './spawn.ts';

/**
 * Prepares all snapshots and compares them. The last one is prepared here; those before it in a second thread at
 * the same time, or, `oneByOne`, here before it.
 */
export async function runDiff(
  sources: readonly WorkSource[],
  options: DiffJobOptions,
  oneByOne: boolean,
  onProgress: (progress: Progress) => void,
): Promise<SnapshotDiff> {
  const { classesOnly, shapes } = options;
  const early = sources.slice(0, -1);
  const lastSource = sources.at(-1) as WorkSource;
  const prepareOptions = { classesOnly, shapes, keepGraph: false };
  const last = early.length;
  const lastProgress = progressOf(last, onProgress);
  const prepareLast = () => prepare(lastSource, { ...prepareOptions, keepGraph: !classesOnly }, lastProgress);
  if (oneByOne) {
    const laid: Laid[] = [];
    try {
      const prepared = early.map((source, index): Prepared | Laid => {
        const { info, digest, facts } = prepare(source, prepareOptions, progressOf(index, onProgress));
        const aside = layAside({ info, digest, facts });
        if (aside) laid.push(aside);
        return aside ?? { info, digest, facts };
      });
      const own = prepareLast();
      const taken = takeUp(laid, own.scratch);
      return finish(
        prepared.map((each) => ('restore' in each ? (taken.shift() as Prepared) : each)),
        own,
      );
    } finally {
      for (const each of laid) each.remove();
    }
  }
  const helper = spawn({ kind: 'prepare', sources: early, options: prepareOptions }, { onProgress });
  // Its failure is looked at when this thread's own part is done, or has failed too.
  helper.first.catch(() => {});
  try {
    const own = prepareLast();
    const report = (await helper.first) as Report & { kind: 'prepared' };
    const [first, ...others] = report.prepared as [Prepared, ...Prepared[]];
    // Free between the dominators and the paths.
    const room = own.scratch && new Int32Array(own.scratch.room(0), 0, own.scratch.room_bytes >>> 2);
    return finish([{ ...first, room }, ...others], own);
  } finally {
    await helper.worker.terminate();
  }

  function finish(prepared: readonly Prepared[], own: ReturnType<typeof prepare>): SnapshotDiff {
    try {
      const diff = compare(prepared, own, options, lastProgress);
      // Paths were read from it since; without them it is closed already.
      if (!classesOnly) own.snapshot.file.checkUnchanged();
      return diff;
    } finally {
      own.snapshot.file.close();
    }
  }
}
