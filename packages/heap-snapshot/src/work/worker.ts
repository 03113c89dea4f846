import { parentPort, workerData } from 'node:worker_threads';
import { IdLookup } from '../diff/id-lookup.ts';
import { buffersOf } from '../dominators/digest.ts';
import type { Progress } from '../types.ts';
import { type Job, type Question, type Report, toPlain } from './messages.ts';
import { OpenedSnapshot } from './opened-snapshot.ts';
import { type Prepared, prepare } from './prepare.ts';
import { progressOf } from './progress.ts';
import { runDiff } from './run-diff.ts';
import { findWays, newWaysRoom, type WaysJob } from './ways-job.ts';

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
      const buffers = prepared.flatMap(({ digest, lookupFrom }) => [
        ...buffersOf(digest),
        ...(lookupFrom && 'table' in lookupFrom ? [lookupFrom.table.buffer] : []),
      ]);
      report({ kind: 'prepared', prepared }, buffers);
      // Asked for while the other thread is still about its dominators.
      port?.once('message', (ways: WaysJob) => {
        const { edgeTo, holder } = findWays(ways, newWaysRoom(ways.graph.nodeCount));
        report({ kind: 'ways', ways: { edgeTo, holder } }, [edgeTo.buffer, holder.buffer]);
      });
      return;
    }
    case 'open': {
      const opened = new OpenedSnapshot(prepare(job.source, job.options, progressOf(0, onProgress)));
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

function prepareAll(job: Job & { kind: 'prepare' }, onProgress: (progress: Progress) => void): Prepared[] {
  return job.sources.map((source, index): Prepared => {
    const { info, digest, facts } = prepare(source, job.options, progressOf(index, onProgress));
    return { info, digest, facts, lookupFrom: new IdLookup(digest.ids).parts };
  });
}
