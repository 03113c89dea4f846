import { parentPort, workerData } from 'node:worker_threads';
import { IdLookup } from '../diff/id-lookup.ts';
import { buffersOf, copyOf } from '../dominators/digest.ts';
import { GraphMemory } from '../graph/graph-room.ts';
import type { Progress } from '../types.ts';
import { type Job, type Question, type Report, toPlain } from './messages.ts';
import { OpenedSnapshot } from './opened-snapshot.ts';
import { type Prepared, prepare } from './prepare.ts';
import { progressOf } from './progress.ts';
import { runDiff } from './run-diff.ts';
import { findWays, newWaysRoom, type WaysJob } from './ways-job.ts';

/** Snapshots of one process mostly grow less than this from one to the next. */
const roomForLater = 1.5;

/** The analysing thread: one job, then (for an open snapshot) questions until it is ended. */
const port = parentPort;
if (port) {
  const report = (message: Report, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const onProgress = (progress: Progress) => report({ kind: 'progress', progress });
  run(workerData as Job, report, onProgress).catch((error: unknown) =>
    report({ kind: 'failed', error: toPlain(error) }),
  );
}

async function run(
  job: Job,
  report: (message: Report, transfer?: ArrayBuffer[]) => void,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  switch (job.kind) {
    case 'diff':
      report({ kind: 'diff', diff: await runDiff(job.sources, job.options, job.oneByOne, onProgress) });
      return;
    case 'prepare': {
      const { prepared, unused } = prepareAll(job, onProgress);
      const buffers = prepared.flatMap(({ digest, lookupFrom }) => [
        ...buffersOf(digest),
        ...(lookupFrom && 'table' in lookupFrom ? ownBuffers(lookupFrom.table) : []),
      ]);
      report({ kind: 'prepared', prepared }, buffers);
      // Asked for while the other thread is still about its dominators.
      port?.once('message', (ways: WaysJob) => {
        const { edgeTo, holder } = findWays(
          ways,
          () => newWaysRoom(ways.graph.nodeCount),
          placeFor(ways, unused),
        );
        report({ kind: 'ways', ways: { edgeTo, holder } }, ownBuffers(edgeTo, holder));
      });
      return;
    }
    case 'open': {
      const graphMemory = new GraphMemory();
      const opened = new OpenedSnapshot(
        prepare(job.source, job.options, progressOf(0, onProgress), { graphMemory }),
      );
      port?.on('message', ({ id, question }: { id: number; question: Question }) => {
        try {
          report({ kind: 'answer', id, answer: opened.answer(question) });
        } catch (error) {
          report({ kind: 'refusal', id, error: toPlain(error) });
        }
      });
      report({ kind: 'opened', info: opened.info, classes: opened.classes });
    }
  }
}

/** Prepares snapshots; `unused` is what the last one's graph needs no more of the common memory. */
function prepareAll(
  job: Job & { kind: 'prepare' },
  onProgress: (progress: Progress) => void,
): { prepared: Prepared[]; unused: Int32Array | undefined } {
  const graphMemory = new GraphMemory(job.memory);
  const last = job.sources.length - 1;
  let unused: Int32Array | undefined;
  const prepared = job.sources.map((source, index): Prepared => {
    const { info, digest, facts, snapshot } = prepare(source, job.options, progressOf(index, onProgress), {
      graphMemory,
      keepsEdges: false,
      spare: index === last ? 1 : roomForLater,
    });
    if (index < last) {
      // The next one takes its place.
      const copy = digest.ids.buffer instanceof ArrayBuffer ? digest : copyOf(digest);
      return { info, digest: copy, facts, lookupFrom: new IdLookup(copy.ids).parts };
    }
    const { graphRoom } = snapshot;
    const room = graphRoom?.memory === job.memory ? graphRoom?.columnsRoom : undefined;
    const { parts } = new IdLookup(digest.ids, room);
    unused = room && parts.table.buffer === room.buffer ? room.subarray(parts.table.length) : room;
    return { info, digest, facts, lookupFrom: parts };
  });
  return { prepared, unused };
}

/** Where in `unused`, if it is large enough, three columns of ways may be. */
function placeFor({ graph, shared }: WaysJob, unused: Int32Array | undefined): number | undefined {
  if (!unused || !shared?.isCommon) return undefined;
  return unused.length >= 3 * (graph.nodeCount + 1) ? unused.byteOffset : undefined;
}

/** The memory of arrays, but what is shared anyway. */
function ownBuffers(...arrays: readonly ArrayBufferView[]): ArrayBuffer[] {
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}
