import { parentPort, workerData } from 'node:worker_threads';
import { IdLookup, type IdTable, planLookup } from '../diff/id-lookup.ts';
import { buffersOf, copyOf } from '../dominators/digest.ts';
import { GraphMemory } from '../graph/graph-room.ts';
import type { Progress } from '../types.ts';
import { HandOver } from './hand-over.ts';
import { type Job, type Question, type Report, type Request, toPlain } from './messages.ts';
import { OpenedSnapshot } from './opened-snapshot.ts';
import { earlierBy, type Prepared, prepare } from './prepare.ts';
import { progressOf } from './progress.ts';
import { runDiff } from './run-diff.ts';
import { findWays, newWaysRoom } from './ways-job.ts';

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
      const prepared = prepareAll(job, onProgress);
      port?.on('message', (request: Request) => {
        if (request.kind === 'shapes') {
          const earlier = prepared.map((each) => earlierBy(request.shapes, each));
          const buffers = earlier.flatMap(({ digest, lookupFrom }) => [
            ...buffersOf(digest),
            ...(lookupFrom && 'table' in lookupFrom ? ownBuffers(lookupFrom.table) : []),
          ]);
          report({ kind: 'prepared', prepared: earlier }, buffers);
        } else {
          const { job } = request;
          const { edgeTo, holder } = findWays(job, () => newWaysRoom(job.graph.nodeCount));
          report({ kind: 'ways', ways: { edgeTo, holder } }, ownBuffers(edgeTo, holder));
        }
      });
      return;
    }
    case 'open': {
      const opened = OpenedSnapshot.from(job, onProgress);
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

/** Prepares snapshots. Where there is one only, what its graph needs no more of the common memory is left to the other thread. */
function prepareAll(job: Job & { kind: 'prepare' }, onProgress: (progress: Progress) => void): Prepared[] {
  const graphMemory = new GraphMemory(job.memory);
  const handOver = new HandOver(job.handOver);
  const last = job.sources.length - 1;
  if (last > 0) handOver.give();
  try {
    return job.sources.map((source, index): Prepared => {
      let lookupFrom: IdTable | undefined;
      const { info, digest, facts } = prepare(source, job.options, progressOf(index, onProgress), {
        graphMemory,
        keepsEdges: false,
        spare: index === last ? 1 : roomForLater,
        onDigest(digest, room) {
          if (index < last || !room || room.memory !== job.memory) return;
          const dead = room.deadRoom;
          const plan = planLookup(digest.ids);
          const table_bytes = 4 * plan.length;
          if (table_bytes < dead.byteLength) {
            const begin = dead.byteOffset + table_bytes;
            handOver.give({ begin, end: dead.byteOffset + dead.byteLength });
          }
          lookupFrom = new IdLookup(digest.ids, dead, plan).parts;
        },
      });
      // The next one takes its place.
      const kept = index < last && !(digest.ids.buffer instanceof ArrayBuffer) ? copyOf(digest) : digest;
      return { info, digest: kept, facts, lookupFrom: lookupFrom ?? new IdLookup(kept.ids).parts };
    });
  } finally {
    // Whatever went wrong, nobody is to wait for it.
    handOver.give();
  }
}

/** The memory of arrays, but what is shared anyway. */
function ownBuffers(...arrays: readonly ArrayBufferView[]): ArrayBuffer[] {
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}
