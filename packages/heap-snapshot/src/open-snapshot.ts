import { plainSource } from './read/spool.ts';
import type { Snapshot, SnapshotObject } from './snapshot.ts';
import type { AnalysisOptions, ClassPaths, ClassSummary, SnapshotInfo, SnapshotSource } from './types.ts';
import { type Answer, fromPlain, type Question, type Report } from './work/messages.ts';
import { OpenedSnapshot } from './work/opened-snapshot.ts';
import { overall } from './work/progress.ts';
import { type Spawned, spawn } from './work/spawn.ts';
import { untilAborted } from './work/until-aborted.ts';

/**
 * Reads one snapshot, off the caller's thread unless told otherwise. The file must stay as it is until the snapshot is closed: strings and
 * names of edges are read from it when they are asked for.
 *
 * Throws {@link SnapshotError} for one that cannot be read, and the signal's reason when aborted.
 */
export async function openSnapshot(source: SnapshotSource, options: AnalysisOptions = {}): Promise<Snapshot> {
  const { signal, thread = 'worker', classesOnly = false, shapes = true } = options;
  const plain = await plainSource(source, signal);
  try {
    const { name, from } = plain;
    const job = {
      kind: 'open',
      source: { name, from },
      options: { classesOnly, shapes, keepGraph: true },
    } as const;
    const onProgress = overall(1, options.onProgress);
    if (thread === 'caller') {
      const snapshot = snapshotHere(OpenedSnapshot.from(job, onProgress), plain.release);
      signal?.throwIfAborted();
      return snapshot;
    }
    const spawned = spawn(job, { signal, onProgress });
    try {
      const opened = (await spawned.first) as Report & { kind: 'opened' };
      return snapshotIn(spawned, opened, plain.release);
    } catch (error) {
      await spawned.worker.terminate();
      throw error;
    }
  } catch (error) {
    plain.release();
    throw error;
  }
}

function snapshotIn(
  { worker }: Spawned,
  { info, classes }: Report & { kind: 'opened' },
  release: () => void,
): Snapshot {
  let lastId = 0;
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  worker.unref();
  worker.on('message', (report: Report) => {
    if (report.kind !== 'answer' && report.kind !== 'refusal') return;
    const asked = waiting.get(report.id);
    waiting.delete(report.id);
    if (waiting.size === 0) worker.unref();
    if (report.kind === 'answer') asked?.resolve(report.answer);
    else asked?.reject(fromPlain(report.error));
  });
  let isClosed = false;
  worker.once('exit', () => {
    isClosed = true;
    for (const { reject } of waiting.values()) reject(ended());
  });
  const ask = (question: Question): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (isClosed) throw ended();
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, question });
    });
  const close = async () => {
    isClosed = true;
    await worker.terminate();
    release();
  };
  return snapshotOf(info, classes, ask, close);
}

/** In this thread, which is blocked while it answers. */
function snapshotHere(opened: OpenedSnapshot, release: () => void): Snapshot {
  let isClosed = false;
  const ask = async (question: Question): Promise<Answer> => {
    if (isClosed) throw ended();
    return opened.answer(question);
  };
  const close = async () => {
    if (!isClosed) opened.close();
    isClosed = true;
    release();
  };
  return snapshotOf(opened.info, opened.classes, ask, close);
}

function ended(): Error {
  return new Error('The snapshot was closed. Expected it open: ask before close(), or open it again.');
}

function snapshotOf(
  info: SnapshotInfo,
  classes: readonly ClassSummary[],
  ask: (question: Question) => Promise<Answer>,
  close: () => Promise<void>,
): Snapshot {
  return {
    info,
    classes: () => classes,
    objectsOf: async (name, top = 100) => (await ask({ kind: 'objects', name, top })) as SnapshotObject[],
    object: async (id) => (await ask({ kind: 'object', id })) as SnapshotObject | undefined,
    paths: (target, clusters, signal) =>
      untilAborted(ask({ kind: 'paths', target, clusters }) as Promise<ClassPaths>, signal),
    close,
    [Symbol.asyncDispose]: close,
  };
}
